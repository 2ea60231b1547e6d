/**
 * What the screens need of the Content-Security-Policy beyond `style-src 'self'`.
 *
 * react-aria-components puts one <style> into the page (`touch-action` for what can be pressed);
 * it is allowed by its hash. The text may change with a version: the browser tests count
 * violations, so a new hash shows as a failing test.
 */
export const reactAriaStyleHash = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"
