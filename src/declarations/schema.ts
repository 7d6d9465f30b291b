import { z } from 'zod'

const offer = z.enum(['registry', 'builtin', 'hidden'])

const plugin = z.strictObject({
  offer: z
    .union([offer, z.array(offer).min(1)])
    .optional()
    .describe(
      'Where its browser side is offered: registry (the plugin store), builtin (everyone has it), hidden',
    ),
  services: z
    .literal('dev')
    .optional()
    .describe('dev: its services are for development and are not expected in production'),
  refresh: z
    .boolean()
    .optional()
    .describe('true: sync keeps its entries in the registration files equal to its manifest'),
  'renamed-from': z
    .string()
    .min(1)
    .optional()
    .describe('The name it had before: sync gives the entries of that name to this plugin, in their place'),
  patched: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe('Why the files of a plugin from elsewhere differ from those of its source'),
  accept: z
    .record(z.string(), z.string().trim().min(1))
    .optional()
    .describe('Findings about this plugin that are accepted, by rule id, each with the reason'),
})

/**
 * The shape of tailchat-plugins.yml. The published JSON Schema (schema/tailchat-plugins.schema.json) is made from
 * it, so editors and the action can't disagree.
 */
export const declarationsSchema = z.strictObject({
  version: z.literal(1).describe('The version of this format'),
  plugins: z
    .record(z.string(), plugin.nullable().optional())
    .nullable()
    .optional()
    .describe('The plugins, by the name of their directory'),
  rules: z
    .record(z.string(), z.enum(['off', 'notice', 'warning', 'error']))
    .nullable()
    .optional()
    .describe('The severity of single rules, by rule id'),
})
