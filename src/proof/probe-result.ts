import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const failure = z.object({ message: z.string(), at: z.string().optional() })

const names = z.array(z.string()).nullable()

const action = z.object({
  name: z.string(),
  /** `published` also where the schema does not say. */
  visibility: z.string(),
  /** Only `true`: sockets can't call it. */
  disableSocket: z.literal(true).optional(),
  /** The route that it asks for, as it is written; anything but a text as JSON. */
  rest: z.string().optional(),
})

/** An action as a constructed service has it. */
export type LoadedAction = z.infer<typeof action>

const contents = z.object({
  /** Whether server/dist/moleculer.config.js is there: without it the server can't start. */
  serverConfig: z.boolean(),
  /** Names in dist/public/registry.json and registry-be.json; `null` without a file that holds a list. */
  registry: names,
  backendRegistry: names,
  /** In hexadecimal, of each of the two that is there. */
  registrySha256: z.record(z.string(), z.string()).optional(),
  /** The directories of dist/public/plugins, with what their JavaScript files define. */
  bundles: z.array(
    z.object({
      name: z.string(),
      files: z.array(
        z.object({
          file: z.string(),
          sha256: z.string().optional(),
          id: z.string().optional(),
          dependencies: z.array(z.string()).optional(),
          /** What it asks for later, by `import()`. */
          lazy: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
})

/** What an image would serve of its plugins. */
export type ImageContents = z.infer<typeof contents>

const schema = z.object({
  /** Set when the probe could not begin: no application, no moleculer. */
  error: failure.optional(),
  /** The file that was being loaded when the process ended. */
  loading: z.string().optional(),
  finished: z.boolean(),
  services: z.array(
    z.object({
      /** Relative to server/dist. */
      file: z.string(),
      name: z.string().optional(),
      actions: z.array(action).optional(),
      events: z.array(z.string()).optional(),
      /** What it registered with something that is no function: calls of it throw. */
      undefinedHandlers: z
        .array(z.object({ kind: z.enum(['action', 'event']), name: z.string() }))
        .optional(),
      /** Whether it has a database adapter. */
      database: z.boolean().optional(),
      error: failure.optional(),
      milliseconds: z.number(),
    }),
  ),
  contents: contents.optional(),
  /** The services' TypeScript sources that the image holds, relative to its server directory. */
  sources: z.array(z.string()).optional(),
  /** Errors outside of loading, such as a failed connection. */
  asyncErrors: z.array(failure),
})

/** What src/proof/probe.cjs writes. */
export type ProbeResult = z.infer<typeof schema>

/** Far more than a probe of a thousand services writes. */
const MAX_BYTES = 16 * 1024 * 1024

/**
 * Reads the result of the probe. Code of the image ran next to the probe and may have written anything there, so links
 * are not followed and the shape is checked.
 * @throws when there is no usable result
 */
export function readProbeResult(path: string): ProbeResult {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || stat.size > MAX_BYTES)
      throw new Error('the result of the probe is not a usable file')
    const result = schema.safeParse(JSON.parse(readFileSync(descriptor, 'utf8')))
    if (!result.success) throw new Error('the result of the probe has an unknown shape')
    return result.data
  } finally {
    closeSync(descriptor)
  }
}
