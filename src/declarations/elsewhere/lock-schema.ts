import { z } from 'zod'

const path = z.string().min(1).max(300)

const plugin = z.strictObject({
  source: z
    .string()
    .min(1)
    .max(500)
    .describe('Where it comes from: github:OWNER/REPO, a git URL, npm:NAME, a path'),
  ref: z
    .string()
    .min(1)
    .max(260)
    .optional()
    .describe('What was asked for: a tag, a branch or a commit; a range of npm. Missing: the default branch'),
  commit: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
    .optional()
    .describe('The commit that the files are of'),
  version: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('The version of the npm package that the files are of'),
  integrity: z
    .string()
    .regex(/^sha512-[A-Za-z0-9+/]{86}==$/)
    .optional()
    .describe('The digest of the archive that the files were in'),
  directories: z
    .record(path, z.string().max(300))
    .describe('Each directory here, with the one in the source that it was; empty: its root'),
  tree: z
    .string()
    .regex(/^sha256-[0-9a-f]{64}$/)
    .describe('The digest of the files: their paths and contents, line endings apart'),
  license: z.string().min(1).max(100).optional().describe('The licence that was found with them'),
})

/** The shape of tailchat-plugins.lock; the published schema (schema/tailchat-plugins-lock.schema.json) is made from it. */
export const lockSchema = z.strictObject({
  version: z.literal(1).describe('The version of this format'),
  plugins: z.record(z.string(), plugin).describe('The plugins from elsewhere, by their names'),
})

/** What the lock says of one plugin. */
export type LockedPlugin = z.infer<typeof plugin>
