/** The cards of 証明書発行確認: for whom, the code of the bank's letter, the file's passphrase. */
import { useEffect } from 'react'
import { TextInput } from '#ui/field.tsx'
import { Card, Facts } from '#ui/page.tsx'
import { PasswordInput } from '#ui/password-input.tsx'
import { SoftwareKeyboard } from '#ui/software-keyboard.tsx'
import { passphraseLengths } from './passphrase.ts'
import { isRefusal, useSayRefusal, useWords } from './words.ts'

export interface Holder {
  readonly companyName: string
  readonly userName: string
  readonly loginId: string
}

export function HolderCard({ holder }: { readonly holder: Holder }) {
  const words = useWords().confirm
  return (
    <Card title={words.holder}>
      <Facts
        facts={[
          [words.companyName, holder.companyName],
          [words.userName, holder.userName],
          [
            words.loginId,
            <span key="id" className="figures">
              {holder.loginId}
            </span>,
          ],
        ]}
      />
    </Card>
  )
}

interface LetterCardProps {
  readonly error: string | undefined
  /** What the last call was answered with. */
  readonly refusal: unknown
}

export function LetterCard({ error, refusal }: LetterCardProps) {
  const words = useWords().confirm
  const say = useSayRefusal()
  const isWrong = isRefusal(refusal, 'letter-code-wrong')
  useEffect(() => {
    if (isWrong) document.getElementById('letterCode')?.focus()
  }, [isWrong, refusal])
  return (
    <Card title={words.identity}>
      <p className="mb-5">{words.letterLead}</p>
      <TextInput
        name="letterCode"
        label={words.letterCode}
        hint={words.letterCodeHint}
        required
        maxLength={80}
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        className="figures max-w-md"
        error={error ?? (isWrong ? (say(refusal) ?? undefined) : undefined)}
      />
    </Card>
  )
}

interface PassphraseCardProps {
  readonly errorOf: (field: string) => string | undefined
}

export function PassphraseCard({ errorOf }: PassphraseCardProps) {
  const words = useWords().confirm
  return (
    <Card title={words.file}>
      <p className="mb-5">{words.fileLead}</p>
      <div className="flex flex-col gap-5">
        <div className="flex max-w-xl flex-col gap-5">
          {(['passphrase', 'passphraseAgain'] as const).map((name) => (
            <PasswordInput
              key={name}
              name={name}
              label={words[name]}
              required
              // No password of this site: a manager would put it in the place of the login password.
              autoComplete="off"
              maxLength={64}
              {...(name === 'passphrase' && { hint: <Rules /> })}
              error={errorOf(name)}
            />
          ))}
        </div>
        <SoftwareKeyboard
          targets={[
            { name: 'passphrase', label: words.passphrase },
            { name: 'passphraseAgain', label: words.passphraseAgain },
          ]}
        />
      </div>
    </Card>
  )
}

function Rules() {
  return (
    <ul className="list-disc ps-5">
      {useWords()
        .confirm.rules(passphraseLengths)
        .map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
    </ul>
  )
}
