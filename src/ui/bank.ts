/** The bank's face, as the listener wrote it into the page. */
import type { Language } from '#kit/visitor.ts'

function written(): HTMLMetaElement | null {
  return document.querySelector<HTMLMetaElement>('meta[name="bank"]')
}

export function bankName(language: Language): string {
  const bank = written()
  return (language === 'en' ? bank?.dataset['en'] : undefined) ?? bank?.content ?? ''
}

/** Institutions for which a simulator stands in; every page says so (design §5.11). */
export function simulatedInstitutions(): readonly string[] {
  return written()?.dataset['simulators']?.split(' ').filter(Boolean) ?? []
}
