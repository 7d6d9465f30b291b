import type { Login } from '../docker/login.js'
import { hostOf, isDigest } from '../formats/image-reference.js'
import type { PluginKind } from '../tailchat/layout.js'
import { parseList } from './list.js'

/** An input: its default as a workflow would write it, and what it means. */
interface InputDefinition {
  default: string
  description: string
}

/** Every input, in the order of the documentation. action.yml and docs/inputs.md are made from this. */
export const inputDefinitions = {
  mode: {
    default: 'check',
    description:
      '`check`: read only; `sync`: also write the registration files; `deploy`: also build, prove and push the image; `rollback`: move the tags back to an earlier proven image; `status`: ask the running server what it loads and serves; `update`: update plugins from elsewhere, in the working tree or by pull requests (`commit: pull-request`). Code of a fork is only checked',
  },
  as: {
    default: 'image',
    description:
      '`deploy`: how the plugins reach users: `image`: in an image of Tailchat; `node`: their services in a container of their own next to an unchanged Tailchat, which runs `base-image`; `bundle`: their front ends as files for any static host, built on `base-image`',
  },
  to: {
    default: '',
    description:
      '`rollback`: the digest to go back to; empty: the one that the current image records as its predecessor',
  },
  path: {
    default: '.',
    description: 'The Tailchat checkout, relative to the workspace; a path outside the workspace is refused',
  },
  declarations: {
    default: 'tailchat-plugins.yml',
    description: 'The declarations file, relative to `path`; optional unless set explicitly',
  },
  undeclared: {
    default: 'report',
    description:
      'A plugin that is registered nowhere and not declared: `report` it (a warning), or `offer` it (plugin registry for a frontend plugin, install list for a full-stack one)',
  },
  fix: {
    default: 'false',
    description:
      'With `mode: sync` or `deploy`: also mend the findings that have one right answer (`fixable` in the report)',
  },
  'fail-on': {
    default: 'error',
    description: 'Lowest severity that fails the step: `error`, `warning`, `never`',
  },
  findings: {
    default: 'all',
    description:
      'On a pull request, which findings fail the step: `all`; `new`: those that the pull request brings. Where the base is unknown, all are new',
  },
  commit: {
    default: 'none',
    description:
      'What happens to the edits of `sync`, `deploy` and `update`: `none` (left in the working tree), `push` (one commit on the checked-out branch; not for `update`), `pull-request` (one pull request, kept up to date; with `update`, one for each plugin)',
  },
  'commit-message': {
    default: 'chore: update Tailchat plugin registrations',
    description: 'The message of the commit; `update` writes its own',
  },
  branch: {
    default: 'tailchat-plugins/sync',
    description:
      'The branch of the pull request; with `update`, the beginning of the branches’ names, by default `tailchat-plugins/update`',
  },
  'update-group': {
    default: 'each',
    description:
      '`update` with `commit: pull-request`: one pull request for `each` plugin, or one for `all` of them',
  },
  'github-token': {
    default: '${{ github.token }}',
    description:
      'The token for `commit` (`contents: write`, and `pull-requests: write` for a pull request) and `comment` (`pull-requests: write`)',
  },
  images: {
    default: '',
    description:
      'Image names without a tag, such as `ghcr.io/acme/tailchat`; needed by `deploy` and `rollback`. `status`: the image that the server should run, also as `name@digest`',
  },
  tags: {
    default: '',
    description:
      'Tags, or full `name:tag` references (as other tag-making actions output them); empty: derived from the event',
  },
  labels: { default: '', description: 'Labels of the image, `key=value`, one a line' },
  'build-args': { default: '', description: 'Build arguments, `KEY=value`, one a line' },
  'build-secrets': {
    default: '',
    description: 'Build secrets as buildx takes them, such as `id=npm,env=NPM_TOKEN`',
  },
  platforms: {
    default: '',
    description: 'Platforms to build for, such as `linux/amd64`; empty: that of the builder',
  },
  annotations: {
    default: '',
    description:
      'Annotations in the form of buildx, such as `index:org.opencontainers.image.title=Chat`, one per line',
  },
  target: {
    default: '',
    description: 'The stage of the Dockerfile to build; empty: the last. A full build only',
  },
  ssh: { default: '', description: 'SSH agents or keys for the build, such as `default`. A full build only' },
  pull: {
    default: 'false',
    description: 'Whether the builder pulls newer versions of the images that it has',
  },
  'no-cache': { default: 'false', description: 'Whether the builder ignores its cache' },
  network: { default: '', description: 'The network of `RUN` instructions: `default`, `none`, `host`' },
  provenance: {
    default: 'false',
    description:
      'The provenance attestation, as for buildx: `true`, `mode=max` and so on. It holds the times of the build, so the same commit never gives the same digest twice',
  },
  sbom: {
    default: 'false',
    description: 'The SBOM attestation, as for buildx: `true`, `generator=…`. It changes the digest',
  },
  'cache-from': { default: '', description: 'Where buildx reads its cache, such as `type=gha`' },
  'cache-to': { default: '', description: 'Where buildx writes its cache, such as `type=gha,mode=max`' },
  dockerfile: { default: 'Dockerfile', description: 'The Dockerfile, relative to `path`' },
  context: { default: '.', description: 'The build context, relative to `path`' },
  builder: { default: '', description: 'The buildx builder; empty: the current one' },
  strategy: {
    default: 'auto',
    description:
      '`full`: the repository’s own Dockerfile; `overlay`: only the plugins, on `base-image`; `auto` chooses and says why',
  },
  'base-image': {
    default: '',
    description: 'The image an overlay goes on; where it is an overlay itself, the image below is taken',
  },
  'app-dir': { default: '/app/tailchat', description: 'Where the application lives in the image' },
  push: { default: 'true', description: '`false` builds and proves without pushing' },
  'allow-removal': {
    default: '',
    description:
      '`deploy`: names of plugins and services that may be removed from what the tags offer now, or `all`. Without it, a deploy that would leave less than half of the plugins, front ends or services stops before it builds',
  },
  registry: {
    default: '',
    description:
      'Host of the container registry to log in to for this step alone, of `images` or of `base-image`; empty: Docker Hub. For several logins, one per line; empty then: the hosts of `images`, in their order',
  },
  username: {
    default: '',
    description: 'User name for the login; for several container registries, one per line',
  },
  password: {
    default: '',
    description:
      'Password or token for the login; for several user names, one per line. It goes over standard input and is forgotten after the step',
  },
  verify: {
    default: 'load',
    description:
      '`none`; `load`: construct every service in the built image, without a network; `boot`: that, and then start a stack with the image and read `/health`',
  },
  'boot-compose-file': {
    default: '',
    description:
      'The compose file of the stack for `boot`, relative to `path`; empty: the one that comes with this action (MongoDB, Redis, MinIO)',
  },
  'boot-service': {
    default: '',
    description:
      'Which of its services carries the built image (`as: node`: which one runs Tailchat); so do all others with the same image. Empty: it is recognised by its image',
  },
  'boot-timeout': {
    default: '180',
    description: 'Seconds from the start of the stack until `boot` gives up',
  },
  'bundle-dir': {
    default: 'tailchat-bundles',
    description: '`as: bundle`: where the files go, relative to `path`',
  },
  'public-url': {
    default: '',
    description:
      '`as: bundle`: the address under which `bundle-dir` will be served, such as `https://plugins.acme.example`; `as: node`: where the front ends of its full-stack plugins are served; `status`: the static host to ask as well',
  },
  'source-maps': { default: 'false', description: '`as: bundle`: whether source maps come along' },
  'live-url': {
    default: '',
    description: '`status`: the address of the running server, such as `https://chat.acme.example`',
  },
  'live-timeout': {
    default: '120',
    description: '`status`: seconds until it gives up waiting for the server to be as it should',
  },
  browser: {
    default: 'auto',
    description:
      'Every front end of the image evaluated in a headless Chrome, without a network: `auto`: where one is found; `require`: without one the deploy fails; `off`',
  },
  summary: { default: 'true', description: 'Write the job summary' },
  comment: {
    default: 'false',
    description:
      '`true`: one comment on the pull request that triggered the run, updated in place; `review`: that, and with `mode: check` also suggestions, which a click commits, for findings with one right answer',
  },
  'sarif-file': { default: '', description: 'Write SARIF 2.1.0 there, for code scanning' },
  'report-file': { default: '', description: 'Write the whole report as JSON there' },
  'dry-run': { default: 'false', description: 'Decide and report everything, change nothing anywhere' },
} as const satisfies Record<string, InputDefinition>

export type InputName = keyof typeof inputDefinitions

/** Options that are passed to buildx as they are; none of them, apart from `target`, decides what is built. */
export interface BuildOptions {
  annotations: string[]
  /** A stage of the repository's own Dockerfile; empty: the last. */
  target: string
  ssh: string[]
  pull: boolean
  noCache: boolean
  /** Empty: the builder's own. */
  network: string
  /** `false`: none. */
  provenance: string
  sbom: string
}

/** `new`, `add`, `remove` and `outdated` exist in the terminal only. */
export type Mode =
  'check' | 'sync' | 'deploy' | 'rollback' | 'status' | 'update' | 'new' | 'add' | 'remove' | 'outdated'

/** The inputs as the pipeline uses them. */
export interface Inputs {
  mode: Mode
  /** What a command of the terminal names: a source, or a plugin from elsewhere; empty: none, or all of them. */
  task: {
    subject: string
    /** Which plugin of a source. */
    plugin: string
    /** Of a new plugin. */
    kind?: PluginKind
  }
  as: 'image' | 'node' | 'bundle'
  bundle: {
    /** Relative to `path`. */
    directory: string
    /** Without a slash at its end; empty: not given. */
    publicUrl: string
    sourceMaps: boolean
  }
  /** The digest that `rollback` goes back to; empty: the predecessor that the current image records. */
  to: string
  path: string
  declarations: { file: string; required: boolean }
  undeclared: 'report' | 'offer'
  /** Whether findings with one right answer are mended. */
  fix: boolean
  failOn: 'error' | 'warning' | 'never'
  /** `new`: findings that the base of a change has too fail nothing. */
  findings: 'all' | 'new'
  publish: {
    commit: 'none' | 'push' | 'pull-request'
    message: string
    /** Of the pull request; with `update`, what the names of its branches begin with. */
    branch: string
    /** Whether `update` opens a pull request for each plugin. */
    group: 'each' | 'all'
    /** Whether the pull request that started this run gets a comment. */
    comment: boolean | 'review'
    /** For GitHub's API; empty where there is none. */
    token: string
  }
  image: {
    names: string[]
    tags: string[]
    labels: string[]
    buildArgs: string[]
    buildSecrets: string[]
    platforms: string[]
    cacheFrom: string[]
    cacheTo: string[]
    dockerfile: string
    context: string
    builder: string
    strategy: 'auto' | 'full' | 'overlay'
    baseImage: string
    appDir: string
    push: boolean
    /** Passed to buildx as they are. */
    options: BuildOptions
    /** One for each container registry. */
    logins: Login[]
  }
  /** Names of plugins and services that a deploy may remove from what the tags offer, or `all`. */
  allowRemoval: string[]
  verify: 'none' | 'load' | 'boot'
  boot: {
    /** Relative to `path`; empty: the stack that comes with this action. */
    composeFile: string
    /** Which service of it carries the built image. */
    service: string
    timeoutSeconds: number
  }
  live: {
    /** Without a slash at its end; empty: not given. */
    url: string
    timeoutSeconds: number
  }
  browser: 'auto' | 'require' | 'off'
  summary: boolean
  sarifFile: string
  reportFile: string
  dryRun: boolean
}

/** Mistakes that the user made in the inputs, one line each. */
export class UsageError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
    this.name = 'UsageError'
  }
}

/**
 * Reads and checks every input.
 * @param read gives an input's text; empty when it is not set
 * @throws {UsageError} with all mistakes at once
 */
export function parseInputs(read: (name: InputName) => string): Inputs {
  const values = inputValues(read)
  const inputs = readInputs(values)
  const problems = [
    ...values.problems,
    ...missingForMode(inputs, values),
    ...missingToken(inputs),
    ...(inputs.image.appDir.startsWith('/')
      ? []
      : [`app-dir: found ${JSON.stringify(inputs.image.appDir)}; it must be an absolute path`]),
  ]
  if (problems.length > 0) throw new UsageError(problems)
  return inputs
}

/** Readers of the kinds of values that inputs have. Each adds what is wrong to `problems` and returns some value. */
interface InputValues {
  problems: string[]
  /** Returns the text as it was given, without its default. */
  given: (name: InputName) => string
  text: (name: InputName) => string
  list: (name: InputName) => string[]
  choice: <Value extends string>(name: InputName, allowed: readonly Value[]) => Value
  /** @param others what the input may be apart from a boolean */
  boolean: (name: InputName, others?: readonly string[]) => boolean
  seconds: (name: InputName) => number
  address: (name: InputName) => string
}

function inputValues(read: (name: InputName) => string): InputValues {
  const problems: string[] = []
  const texts = new Map(
    (Object.keys(inputDefinitions) as InputName[]).map((name) => [name, read(name).trim()]),
  )
  const given = (name: InputName): string => texts.get(name) ?? ''
  const text = (name: InputName): string => given(name) || inputDefinitions[name].default
  return {
    problems,
    given,
    text,
    list: (name) => parseList(text(name)),
    choice: <Value extends string>(name: InputName, allowed: readonly Value[]): Value => {
      const value = allowed.find((each) => each === text(name))
      if (value !== undefined) return value
      problems.push(`${name}: found ${JSON.stringify(text(name))}; allowed: ${allowed.join(', ')}`)
      return allowed[0] as Value
    },
    boolean: (name, others = []) => {
      const value = text(name)
      if (/^(true|True|TRUE)$/.test(value)) return true
      if (!/^(false|False|FALSE)$/.test(value))
        problems.push(
          `${name}: found ${JSON.stringify(value)}; allowed: ${['true', 'false', ...others].join(', ')}`,
        )
      return false
    },
    seconds: (name) => {
      const value = text(name)
      if (!/^[1-9]\d{0,5}$/.test(value))
        problems.push(`${name}: found ${JSON.stringify(value)}; it must be a whole number of seconds`)
      return Number(value)
    },
    address: (name) => {
      const value = text(name)
      if (value === '') return ''
      const url = URL.canParse(value) ? new URL(value) : undefined
      if (url && /^https?:$/.test(url.protocol) && !/[@?#]/.test(value)) return withoutSlashes(url.href)
      // The value is not shown, since it may hold a password.
      problems.push(`${name}: it must be an address such as https://chat.acme.example, without @, ? and #`)
      return ''
    },
  }
}

/** Not the branch of `sync`, since a workflow may run both. */
const UPDATE_BRANCH = 'tailchat-plugins/update'

function readInputs(values: InputValues): Inputs {
  const { given, text, list, choice, boolean, seconds, address } = values
  const mode = choice('mode', ['check', 'sync', 'deploy', 'rollback', 'status', 'update'])
  return {
    mode,
    task: { subject: '', plugin: '' },
    as: choice('as', ['image', 'node', 'bundle']),
    bundle: {
      directory: text('bundle-dir'),
      publicUrl: address('public-url'),
      sourceMaps: boolean('source-maps'),
    },
    to: text('to'),
    path: text('path'),
    declarations: { file: text('declarations'), required: given('declarations') !== '' },
    undeclared: choice('undeclared', ['report', 'offer']),
    fix: boolean('fix'),
    failOn: choice('fail-on', ['error', 'warning', 'never']),
    findings: choice('findings', ['all', 'new']),
    publish: {
      commit: choice('commit', ['none', 'push', 'pull-request']),
      message: text('commit-message'),
      branch: given('branch') || (mode === 'update' ? UPDATE_BRANCH : text('branch')),
      group: choice('update-group', ['each', 'all']),
      comment: text('comment') === 'review' ? 'review' : boolean('comment', ['review']),
      // Its default is an expression that only a workflow fills in.
      token: given('github-token'),
    },
    image: {
      names: list('images'),
      tags: list('tags'),
      labels: list('labels'),
      buildArgs: list('build-args'),
      buildSecrets: list('build-secrets'),
      platforms: list('platforms'),
      cacheFrom: list('cache-from'),
      cacheTo: list('cache-to'),
      dockerfile: text('dockerfile'),
      context: text('context'),
      builder: text('builder'),
      strategy: choice('strategy', ['auto', 'full', 'overlay']),
      baseImage: text('base-image'),
      appDir: text('app-dir'),
      push: boolean('push'),
      options: {
        annotations: parseLines(text('annotations')),
        target: text('target'),
        ssh: list('ssh'),
        pull: boolean('pull'),
        noCache: boolean('no-cache'),
        network: text('network'),
        provenance: text('provenance'),
        sbom: text('sbom'),
      },
      logins: readLogins(values),
    },
    allowRemoval: list('allow-removal'),
    verify: choice('verify', ['none', 'load', 'boot']),
    boot: {
      composeFile: text('boot-compose-file'),
      service: text('boot-service'),
      timeoutSeconds: seconds('boot-timeout'),
    },
    live: { url: address('live-url'), timeoutSeconds: seconds('live-timeout') },
    browser: choice('browser', ['auto', 'require', 'off']),
    summary: boolean('summary'),
    sarifFile: text('sarif-file'),
    reportFile: text('report-file'),
    dryRun: boolean('dry-run'),
  }
}

/** Reads the logins: each line of an input goes with the same line of the other two. */
function readLogins({ text, list, problems }: InputValues): Login[] {
  const [username, password, registry] = [text('username'), text('password'), text('registry')]
  if ((username === '') !== (password === '')) {
    problems.push('username and password: set both to log in, or neither')
    return []
  }
  if (username === '') return []
  const usernames = parseLines(username)
  // A single password may have several lines, such as the key of a service account.
  if (usernames.length <= 1) return [{ registry, username, password }]
  const passwords = parseLines(password)
  const hosts = [...new Set(list('images').map(hostOf))]
  const registries = registry === '' ? hosts : parseLines(registry)
  const counts = [usernames.length, passwords.length, registries.length]
  if (new Set(counts).size > 1) {
    problems.push(
      `registry, username and password: found ${counts[2]}${registry === '' ? ' (the hosts of images)' : ''}, ${counts[0]} and ${counts[1]} lines; each container registry needs one of each`,
    )
    return []
  }
  return registries.map((host, index) => ({
    registry: host,
    username: usernames[index] ?? '',
    password: passwords[index] ?? '',
  }))
}

/** The lines of a text that are not empty; unlike the items of a list, they may contain commas and start with `#`. */
function parseLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Returns what is missing or unusable for what the run is asked to do. */
function missingForMode({ mode, as, to, image, publish }: Inputs, { text }: InputValues): string[] {
  const deploysBundle = mode === 'deploy' && as === 'bundle'
  const deploysNode = mode === 'deploy' && as === 'node'
  const needsImages = (mode === 'deploy' && !deploysBundle) || mode === 'rollback'
  const checks: [isWrong: boolean, problem: string][] = [
    [
      mode === 'deploy' && image.strategy === 'overlay' && image.baseImage === '',
      'base-image: strategy overlay needs the image to go on',
    ],
    [
      deploysNode && image.baseImage === '',
      'base-image: as: node goes on the image of Tailchat that runs, such as moonrailgun/tailchat, so name it',
    ],
    [
      deploysNode && image.strategy === 'full',
      'strategy: as: node is always an overlay on base-image; leave strategy out',
    ],
    [
      deploysBundle && image.baseImage === '',
      'base-image: as: bundle builds with the toolchain of a Tailchat image, so name one',
    ],
    [
      deploysBundle && text('public-url') === '',
      'public-url: as: bundle needs the address under which the files will be served, such as https://plugins.acme.example',
    ],
    [
      needsImages && image.names.length === 0,
      `images: mode ${mode} needs the name of an image, such as ghcr.io/acme/tailchat`,
    ],
    [
      mode === 'rollback' && to !== '' && !isDigest(to),
      `to: found ${JSON.stringify(to)}; it must be a digest, sha256: and 64 hexadecimal digits, such as the output previous-digest of an earlier run`,
    ],
    [mode === 'rollback' && !image.push, 'push: mode rollback only moves tags; use dry-run to see which'],
    [
      mode === 'update' && publish.commit === 'push',
      'commit: mode update changes the working tree (none) or opens pull requests (pull-request), so that code from elsewhere is reviewed',
    ],
    [
      mode === 'status' && text('live-url') === '' && text('public-url') === '',
      'live-url: mode status needs the address of the server, such as https://chat.acme.example, or public-url, that of a static host',
    ],
  ]
  return checks.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []))
}

function missingToken({ mode, publish }: Inputs): string[] {
  const reasons = [
    ...((mode === 'sync' || mode === 'deploy' || mode === 'update') && publish.commit !== 'none'
      ? [`commit: ${publish.commit}`]
      : []),
    ...(publish.comment === false ? [] : [`comment: ${publish.comment}`]),
  ]
  if (reasons.length === 0 || publish.token !== '') return []
  return [
    `github-token: ${reasons.join(' and ')} need${reasons.length === 1 ? 's' : ''} a token for GitHub's API`,
  ]
}

/** Returns an address without the slashes at its end. */
function withoutSlashes(address: string): string {
  let end = address.length
  while (address[end - 1] === '/') end--
  return address.slice(0, end)
}
