/**
 * The keys of the ソフトウェアキーボード; loaded when it is first opened.
 *
 * It types into whichever field of the form was used last; the field itself stays an ordinary
 * one, so paste and password managers keep working. Placement can be shuffled, by choice.
 */
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { shuffledLayout, step, usualLayout, type Arrow } from './keyboard-layout.ts'
import { useUiMessages } from './language.tsx'
import { eraseBackwards, replaceSelection, typeInto } from './typing.ts'

export interface KeyboardTarget {
  readonly name: string // the field's name
  readonly label: string
}

const keyLook =
  'min-h-11 min-w-0 rounded-6 border border-solid-gray-600 bg-white text-lg hover:bg-brand-50 active:bg-brand-100'

export interface KeyboardProps {
  /** The fields it may type into, in their order. */
  readonly targets: readonly KeyboardTarget[]
}

export function Keyboard({ targets }: KeyboardProps) {
  const words = useUiMessages().keyboard
  const { target, choose } = useTarget(targets)
  const [layout, setLayout] = useState(usualLayout)
  const [upper, setUpper] = useState(false)
  const id = useId()
  const [said, setSaid] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const key = { 'data-key': '', onKeyDown: useArrows(box), onMouseDown: keepCaret }
  const act = (change: (input: HTMLInputElement) => void, say: (count: number) => string) => {
    const input = fieldNamed(target)
    if (!input) return
    change(input)
    setSaid(say(input.value.length))
  }
  const rows = [layout.digits, ...layout.letters]
  return (
    <div
      ref={box}
      role="group"
      aria-label={words.title}
      className="max-w-xl rounded-12 border border-line bg-solid-gray-50 p-2 sm:p-3"
    >
      <TargetChoice id={id} targets={targets} target={target} onChoice={choose} />
      <div className="mt-3 flex flex-col gap-1.5">
        {rows.map((row, rowIndex) => (
          <div key={rowIndex} data-row="" className="flex justify-center gap-1 sm:gap-1.5">
            {row.map((usual, column) => {
              const letter = upper ? usual.toUpperCase() : usual
              return (
                <button
                  key={column}
                  type="button"
                  {...key}
                  tabIndex={rowIndex === 0 && column === 0 ? 0 : -1}
                  aria-label={upper && letter !== usual ? words.upper(letter) : letter}
                  className={classes(
                    keyLook,
                    'basis-[calc((100%-2.25rem)/10)] px-0 sm:basis-[calc((100%-3.375rem)/10)]',
                  )}
                  onClick={() => act((input) => replaceSelection(input, letter), words.typed)}
                >
                  {letter}
                </button>
              )
            })}
          </div>
        ))}
        <div data-row="" className="flex gap-1.5">
          <button
            type="button"
            {...key}
            tabIndex={-1}
            aria-pressed={upper}
            className={classes(
              keyLook,
              'flex-1 px-1 text-sm aria-pressed:bg-brand-800 aria-pressed:text-white',
            )}
            onClick={() => setUpper(!upper)}
          >
            {words.shift}
          </button>
          <button
            type="button"
            {...key}
            tabIndex={-1}
            className={classes(keyLook, 'flex-1 px-1 text-sm')}
            onClick={() => act(eraseBackwards, words.erased)}
          >
            {words.backspace}
          </button>
          <button
            type="button"
            {...key}
            tabIndex={-1}
            className={classes(keyLook, 'flex-1 px-1 text-sm')}
            onClick={() => act((input) => typeInto(input, ''), words.erased)}
          >
            {words.clear}
          </button>
        </div>
      </div>
      <div className="mt-2">
        <Button
          look="plain"
          size="small"
          {...key}
          onClick={() => {
            setLayout(shuffledLayout())
            setSaid(words.shuffled)
          }}
        >
          {words.shuffle}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  )
}

/** Pressing a key by mouse or finger leaves the caret where it is, in the field. */
function keepCaret(event: MouseEvent): void {
  event.preventDefault()
}

interface TargetChoiceProps extends KeyboardProps {
  readonly id: string
  readonly target: string
  readonly onChoice: (name: string) => void
}

function TargetChoice({ id, targets, target, onChoice }: TargetChoiceProps) {
  const words = useUiMessages().keyboard
  return (
    <fieldset>
      <legend className="text-sm font-bold">{words.target}</legend>
      <div className="flex flex-wrap gap-x-4">
        {targets.map(({ name, label }) => (
          <label key={name} className="flex min-h-11 items-center gap-2 text-sm">
            <input
              type="radio"
              name={`${id}target`}
              checked={name === target}
              className="size-6 accent-brand-800"
              onChange={() => onChoice(name)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The field used last. While the keyboard is open, phones keep theirs shut. */
function useTarget(targets: readonly KeyboardTarget[]) {
  const names = targets.map(({ name }) => name).join(' ')
  const [target, choose] = useState(() => focusedOf(names.split(' ')) ?? targets[0]?.name ?? '')
  useEffect(() => {
    const known = names.split(' ')
    const inputs = known.map(fieldNamed).filter((input) => input !== null)
    const modes = inputs.map((input) => input.inputMode)
    for (const input of inputs) input.inputMode = 'none'
    const follow = (event: FocusEvent) => {
      const name = (event.target as HTMLInputElement).name
      if (known.includes(name)) choose(name)
    }
    document.addEventListener('focusin', follow)
    return () => {
      document.removeEventListener('focusin', follow)
      inputs.forEach((input, index) => (input.inputMode = modes[index]!))
    }
  }, [names])
  return { target, choose }
}

function focusedOf(names: readonly string[]): string | null {
  const name = (document.activeElement as HTMLInputElement | null)?.name
  return name !== undefined && names.includes(name) ? name : null
}

function fieldNamed(name: string): HTMLInputElement | null {
  const found = document.getElementById(name)
  return found instanceof HTMLInputElement ? found : null
}

const arrows: readonly string[] = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
] satisfies Arrow[]

/** One stop for Tab; the arrows lead from key to key. */
function useArrows(box: RefObject<HTMLDivElement | null>) {
  return useCallback(
    (event: KeyboardEvent) => {
      const from = (event.target as HTMLElement).closest<HTMLElement>('[data-row] [data-key]')
      if (!from || !box.current || !arrows.includes(event.key)) return
      event.preventDefault()
      const rows = [...box.current.querySelectorAll('[data-row]')].map((row) => [
        ...row.querySelectorAll<HTMLElement>('[data-key]'),
      ])
      const row = rows.findIndex((keys) => keys.includes(from))
      const to = step(
        rows.map((keys) => keys.length),
        { row, column: rows[row]!.indexOf(from) },
        event.key as Arrow,
      )
      const next = rows[to.row]![to.column]!
      for (const key of rows.flat()) key.tabIndex = key === next ? 0 : -1
      next.focus()
    },
    [box],
  )
}
