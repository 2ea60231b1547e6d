/**
 * The device as the guide speaks of it: a screen, and a left, a centre and a right button. The
 * text beside each picture says the same, so that nobody needs to see it.
 */
import { useWords } from './words.ts'

export type DeviceScreen =
  | 'activation'
  | 'ready'
  | 'camera'
  | 'twelve-digits'
  | 'eight-digits'
  | 'activated'

export interface DevicePictureProps {
  readonly shows: DeviceScreen
  /** Which button, and how: held, or so many times. None: the device is held to the code. */
  readonly press?: { readonly button: 'centre' | 'right'; readonly how: 'hold' | number }
}

const buttons = { left: 52, centre: 80, right: 108 } as const

export function DevicePicture({ shows, press }: DevicePictureProps) {
  const words = useWords().device
  const says = press && (press.how === 'hold' ? words.hold : words.times(press.how))
  return (
    <svg aria-hidden="true" viewBox="24 0 112 132" className="device-picture">
      <rect x="28" y="2" width="104" height="128" rx="16" fill="currentColor" />
      <rect x="38" y="12" width="84" height="62" rx="5" fill="#fff" />
      {screens[shows]}
      {Object.entries(buttons).map(([name, x]) => {
        const pressed = name === press?.button
        return (
          <g key={name}>
            {pressed && <circle cx={x} cy="93" r="13.5" fill="none" stroke="#ffd43d" />}
            <circle cx={x} cy="93" r="10" fill={pressed ? '#ffd43d' : '#6c8499'} />
          </g>
        )
      })}
      {press && (
        <text x={buttons[press.button]} y="122" {...label}>
          {says}
        </text>
      )}
    </svg>
  )
}

const label = { fill: '#fff', fontSize: 13, fontWeight: 700, textAnchor: 'middle' } as const
const shown = { x: 80, fill: '#143c5c', fontWeight: 700, textAnchor: 'middle' } as const

const screens: Readonly<Record<DeviceScreen, React.ReactNode>> = {
  activation: (
    <text y="49" fontSize="16" {...shown}>
      [DP002]
    </text>
  ),
  ready: <path d="m64 43 11 11 21-22" fill="none" stroke="#143c5c" strokeWidth="5" />,
  camera: <Viewfinder />,
  'twelve-digits': (
    <>
      <text y="39" fontSize="15" {...shown}>
        1234 5678
      </text>
      <text y="59" fontSize="15" {...shown}>
        9012
      </text>
    </>
  ),
  'eight-digits': (
    <text y="49" fontSize="15" {...shown}>
      1234 5678
    </text>
  ),
  activated: (
    <>
      <text y="39" fontSize="11.5" {...shown}>
        The device is
      </text>
      <text y="56" fontSize="11.5" {...shown}>
        activated.
      </text>
    </>
  ),
}

/** The corners of what the camera sees, a code in their midst. */
function Viewfinder() {
  return (
    <>
      <path
        d="M50 26v-6h6M104 20h6v6M110 60v6h-6M56 66h-6v-6"
        fill="none"
        stroke="#143c5c"
        strokeWidth="3"
      />
      <path
        d="M62 25h14v14h-14zM66 29v6h6v-6zM84 25h14v14h-14zM88 29v6h6v-6zM62 47h14v14h-14zM66 51v6h6v-6zM84 47h5v5h-5zM93 47h5v5h-5zM88 56h5v5h-5zM78 41h5v5h-5zM78 56h5v5h-5z"
        fill="#143c5c"
        fillRule="evenodd"
      />
    </>
  )
}

/** 裏面: the camera, and below it the label with シリアル番号. */
export function DeviceBack() {
  const words = useWords().serial
  return (
    <svg aria-hidden="true" viewBox="24 0 112 132" className="device-picture">
      <rect x="28" y="2" width="104" height="128" rx="16" fill="currentColor" />
      <circle cx="80" cy="34" r="17" fill="#6c8499" />
      <circle cx="80" cy="34" r="11" fill="#0b2233" />
      <circle cx="76" cy="30" r="3" fill="#fff" />
      <rect x="38" y="64" width="84" height="36" rx="4" fill="#fff" />
      <rect x="42" y="79" width="76" height="17" rx="3" fill="#ffd43d" />
      <text y="76" fontSize="9" {...shown}>
        S/N
      </text>
      <text y="92" fontSize="13" {...shown} textLength="70">
        3104800123
      </text>
      <text x="80" y="120" {...label}>
        {words.pictureLabel}
      </text>
    </svg>
  )
}
