/** The part of pdfmake 0.3 that we use; the package brings no types. */
declare module 'pdfmake' {
  interface PdfMake {
    setFonts(fonts: Record<string, Record<string, string>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: object): {
      getStream(): Promise<import('node:stream').Readable & { end(): void }>
    }
  }
  const pdfmake: PdfMake
  export default pdfmake
}
