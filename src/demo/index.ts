/** The demo world — for `npm start`, where nobody has a bank yet: the door. */
export { loginsTable, type DemoLogin } from './logins.ts'
export { zenginPage, type ZenginPageNeeds } from './zengin-page.ts'
export { createDemoWorld, type DemoWorld, type DemoWorldNeeds } from './world.ts'
export { demoPlaces } from './places.ts'
