/** The token: the machine of CTP1 behind the hardware's buttons, camera and screen. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { createDevice, type Device } from '#kit/ctp1/device.ts'
import type { Screen, StoredDevice } from '#kit/ctp1/device-screens.ts'
import { Button } from '#ui/button.tsx'
import { FaultNotice } from '#ui/faults.tsx'
import { Notice } from '#ui/signs.tsx'
import type { Kept } from './app.tsx'
import { Hardware } from './hardware.tsx'
import { Issuing } from './issuing.tsx'
import { Lcd } from './lcd.tsx'
import type { Pressing } from './long-press.ts'
import { prepareReader } from './reading.ts'
import { ReadingPanel } from './reading-panel.tsx'
import { KeepingCard, SerialCard, UseCard } from './standing-cards.tsx'
import { askToPersist, type DeviceStorage } from './storage.ts'
import { useReading } from './use-reading.ts'
import { Viewfinder } from './viewfinder.tsx'
import { useWords } from './words.ts'

export interface TokenProps {
  readonly storage: DeviceStorage
  readonly kept: Kept
}

export function Token({ storage, kept }: TokenProps) {
  const words = useWords()
  const { device, screen, act, fault } = useMachine(storage)
  const stored = useStored(storage, screen.kind)
  const see = useCallback((text: string) => act(() => device.see(text)), [act, device])
  const isCamera = screen.kind === 'camera' || screen.kind === 'camera-two'
  const reading = useReading(isCamera, see)
  const [wiped, setWiped] = useState(false)
  const isOff = screen.kind === 'off'
  useEffect(() => {
    // So that the first 2D code is read at once; a failure is told when there is one to read.
    if (!isOff) prepareReader().catch(() => undefined)
  }, [isOff])
  const isActivated = Boolean(stored.device?.instance)
  const pressing: Pressing = {
    press: (button) => act(() => device.press(button)),
    hold: (buttons) => act(() => device.hold(buttons)),
  }
  const wipe = () =>
    act(async () => {
      await device.wipe()
      stored.change(null)
      setWiped(true)
    })
  const onIssued = (issued: StoredDevice) => {
    setWiped(false)
    stored.change(issued)
  }
  return (
    <div className="place">
      {wiped && <Notice look="success" title={words.wiping.wiped} announced />}
      {(fault ?? stored.fault) !== null && <FaultNotice error={fault ?? stored.fault} />}
      {stored.device === null && <Issuing storage={storage} onIssued={onIssued} />}
      <div className="place-token">
        <Hardware {...pressing} filming={reading.state.is === 'filming'}>
          <Lcd screen={screen} film={<Film reading={reading} see={see} />} />
        </Hardware>
        <Instead hold={pressing.hold} />
      </div>
      <div className="place-cards">
        {isCamera && <ReadingPanel reading={reading} />}
        {stored.device && <SerialCard serial={stored.device.serial} activated={isActivated} />}
        <UseCard activated={isActivated} />
        <KeepingCard {...kept} persisted={stored.persisted} wipe={stored.device ? wipe : null} />
      </div>
    </div>
  )
}

interface FilmProps {
  readonly reading: ReturnType<typeof useReading>
  readonly see: (text: string) => void
}

function Film({ reading: { state, fail }, see }: FilmProps) {
  const words = useWords()
  const onFault = useCallback(() => fail('reader-missing'), [fail])
  if (state.is === 'filming') {
    return <Viewfinder film={state} onCode={see} onFault={onFault} />
  }
  if (state.is === 'failed') return <p className="lcd-says">{words.reading.faults[state.fault]}</p>
  const { opening, picture } = words.reading.state
  const says = { idle: words.screen.noFilm, opening, picture }
  return <p className="lcd-says">{says[state.is]}</p>
}

/** For whoever cannot hold a button, or two at once with one finger. */
function Instead({ hold }: Pick<Pressing, 'hold'>) {
  const words = useWords().buttons
  return (
    <div className="instead">
      <p id="hold-hint">{words.holdHint}</p>
      <div role="group" aria-label={words.instead} className="flex flex-wrap justify-center gap-2">
        <Button look="secondary" size="small" onClick={() => hold('centre')}>
          {words.power}
        </Button>
        <Button look="secondary" size="small" onClick={() => hold('left+centre')}>
          {words.menu}
        </Button>
      </div>
      <p className="keys-hint">{words.keys}</p>
    </div>
  )
}

/** The device in the storage, for what stands beside the machine. */
function useStored(storage: DeviceStorage, kind: Screen['kind']) {
  const [device, setDevice] = useState<StoredDevice | null | undefined>(undefined)
  const [persisted, setPersisted] = useState<boolean | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const isChanged = kind === 'activated'
  useEffect(() => void storage.load().then(setDevice, setFault), [storage, isChanged])
  const isToken = device !== undefined && device !== null
  useEffect(() => {
    if (isToken) askToPersist().then(setPersisted, () => setPersisted(false))
  }, [isToken])
  return { device, persisted, fault, change: setDevice }
}

const ticksPerSecond = 4

function useMachine(storage: DeviceStorage) {
  const device: Device = useMemo(
    () =>
      createDevice({
        store: storage,
        now: () => performance.now(),
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      }),
    [storage],
  )
  const screen = useSyncExternalStore(device.subscribe, () => device.screen)
  const [fault, setFault] = useState<unknown>(null)
  const act = useCallback((action: () => Promise<void>) => {
    setFault(null)
    action().catch(setFault)
  }, [])
  const isCounting = 'secondsLeft' in screen
  useEffect(() => {
    if (!isCounting) return
    const timer = setInterval(() => device.tick().catch(setFault), 1000 / ticksPerSecond)
    return () => clearInterval(timer)
  }, [device, isCounting])
  return { device, screen, act, fault }
}
