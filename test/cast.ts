/** The one cast: the same people in the demo, in tests, in the documents and in pictures. */
export {
  cast,
  companies,
  ito,
  nakamura,
  sato,
  suzuki,
  takahashi,
  tanaka,
  yamada,
  type CastMember,
} from '#demo/cast.ts'
