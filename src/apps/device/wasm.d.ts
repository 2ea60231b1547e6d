/** Vite puts the file beside the scripts and gives its address. */
declare module '*.wasm?url' {
  const address: string
  export default address
}
