/** The package of the cross-check brings no types. */
declare module 'japanese-holidays' {
  const holidays: { isHoliday(day: Date): string | undefined }
  export default holidays
}
