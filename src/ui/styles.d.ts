/** A part may bring its own sheet along; Vite puts it into the chunk of that part. */
declare module '*.css'
