/** 依頼人名・取引名・メモ — what may be left empty. */
import { FieldGrid, TextInput } from '#ui/field.tsx'
import { Card } from '#ui/page.tsx'
import { KanaPreview } from './kana-preview.tsx'
import type { PartProps } from './part-props.ts'
import { useWords } from './words.ts'

export function ParticularsCard({ typed, change, errorAt }: PartProps) {
  const words = useWords().entry
  return (
    <Card title={words.more}>
      <FieldGrid>
        {typed.kind === 'transfer' && (
          <TextInput
            name="remitterName"
            label={words.remitter}
            hint={
              <>
                {words.remitterHint} <KanaPreview text={typed.remitterName} of="name" />
              </>
            }
            maxLength={100}
            error={errorAt('remitterName')}
            value={typed.remitterName}
            onChange={(event) => change({ remitterName: event.currentTarget.value })}
          />
        )}
        <TextInput
          name="name"
          label={words.name}
          hint={words.nameHint}
          maxLength={10}
          value={typed.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          name="memo"
          label={words.memo}
          hint={words.memoHint}
          maxLength={100}
          value={typed.memo}
          onChange={(event) => change({ memo: event.currentTarget.value })}
        />
      </FieldGrid>
    </Card>
  )
}
