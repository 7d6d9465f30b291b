import { z } from 'zod'
import { type Answer, type Asked, jsonOf } from '../tailchat/gateway.js'
import type { BootContainer } from './containers.js'
import type { Setting } from '../tailchat/service-loader.js'
import { programOf } from '../workspace/container.js'

// The output of docker, and of ask.cjs inside a container: each text is checked before it is used.

const replies = z.array(
  z.union([
    z.object({ path: z.string(), error: z.string() }),
    z.object({
      path: z.string(),
      status: z.number(),
      type: z.string(),
      defines: z.string().optional(),
      text: z.string().optional(),
    }),
  ]),
)

/**
 * Reads the output of src/proof/ask.cjs. It ran in a container, which may write anything: a path without a readable
 * answer is unanswered.
 * @param paths those that were asked for
 */
export function readAnswers(text: string, paths: readonly string[]): Asked {
  const found = replies.safeParse(jsonOf({ text })).data ?? []
  const asked: Asked = { answers: [], unanswered: [] }
  for (const path of paths) {
    const reply = found.find((each) => each.path === path)
    if (reply && 'status' in reply) asked.answers.push(reply)
    else asked.unanswered.push({ path, reason: reply?.error ?? 'its container did not write the answer' })
  }
  return asked
}

const health = z.object({ services: z.array(z.string()) })

/** The services that an answer of /health lists, sorted; `undefined` when it is none. */
export function listedServices(answer: Answer): string[] | undefined {
  const found = answer.status === 200 ? health.safeParse(jsonOf(answer)).data : undefined
  return found && [...found.services].sort()
}

const words = z.array(z.string()).nullish()

const containers = z.array(
  z.object({
    Id: z.string(),
    RestartCount: z.number(),
    State: z.object({ Status: z.string(), ExitCode: z.number() }),
    Config: z.object({
      Env: words,
      Cmd: words,
      Entrypoint: words,
      Labels: z.record(z.string(), z.string()),
    }),
  }),
)

const images = z.array(z.object({ Config: z.object({ Cmd: words, Entrypoint: words }).nullish() }))

/** The default program of an image. */
interface ImageProgram {
  command: readonly string[]
  entrypoint: readonly string[]
}

/** Reads what `docker image inspect` wrote of one image. */
export function readImageProgram(text: string): ImageProgram {
  const config = images.parse(JSON.parse(text))[0]?.Config
  return { command: config?.Cmd ?? [], entrypoint: config?.Entrypoint ?? [] }
}

/**
 * Reads what `docker inspect` wrote of the containers of a stack, sorted by their services.
 * @param application names of the services that have the built image
 */
export function readContainers(
  text: string,
  application: readonly string[],
  image: ImageProgram,
): BootContainer[] {
  const found = containers.parse(JSON.parse(text)).map(({ Id, RestartCount, State, Config }) => {
    const service = Config.Labels['com.docker.compose.service'] ?? ''
    const environment = new Map(
      (Config.Env ?? []).map((line): [string, string] => {
        const at = line.indexOf('=')
        return [line.slice(0, at), line.slice(at + 1)]
      }),
    )
    const own = (
      words: readonly string[] | null | undefined,
      images: readonly string[],
    ): readonly string[] => (JSON.stringify(words ?? []) === JSON.stringify(images) ? [] : (words ?? []))
    return {
      id: Id,
      service,
      isApplication: application.includes(service),
      state: State.Status,
      exitCode: State.ExitCode,
      restarts: RestartCount,
      settings: {
        runs: programOf([...own(Config.Entrypoint, image.entrypoint), ...own(Config.Cmd, image.command)]),
        serviceDir: settingOf(environment.get('SERVICEDIR')),
        services: settingOf(environment.get('SERVICES')),
      },
      bus: JSON.stringify([environment.get('TRANSPORTER'), environment.get('NAMESPACE')]),
      secrets: secretsOf(environment),
    }
  })
  return found.sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0))
}

function settingOf(value: string | undefined): Setting {
  return value === undefined ? { is: 'unset' } : { is: 'known', value }
}

/** Shorter values would blacken every other word of a log. */
const SHORTEST_SECRET = 4

function secretsOf(environment: ReadonlyMap<string, string>): string[] {
  const named = [...environment]
    .filter(([name]) => /PASS|SECRET|TOKEN|KEY|CREDENTIAL/i.test(name))
    .map(([, value]) => value)
  const inUrls = [...environment.values()].flatMap(
    (value) => /^[\w+.-]+:\/\/[^/@\s:]*:([^/@\s]+)@/.exec(value)?.[1] ?? [],
  )
  return [...named, ...inUrls].filter(({ length }) => length >= SHORTEST_SECRET)
}
