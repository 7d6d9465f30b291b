import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { buildSchema, graphql, type GraphQLSchema } from 'graphql'

/** What one operation of the REST API answers, by `METHOD /path/{of}/its/description`. */
export type GithubApi = Record<
  string,
  (parameters: Record<string, string>, body: unknown) => { status: number; body?: unknown }
>

export interface Answer {
  status: number
  body?: unknown
}

interface Operation {
  parameters?: unknown[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, unknown>
}

interface Description {
  paths: Record<string, Record<string, Operation>>
}

/** A file of one of GitHub's packages. */
function published(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../node_modules/@octokit/${path}`, import.meta.url)), 'utf8')
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** What is kept of GitHub's published description of its REST API, by `METHOD /path`. */
const operations = new Map<string, Operation>()

/**
 * Reads some operations of that description. All of it is large, and a process that holds it starts others slowly.
 * @throws when one is not there
 */
export function readOperations(names: readonly string[]): void {
  const missing = names.filter((name) => !operations.has(name))
  if (missing.length === 0) return
  const description = JSON.parse(published('openapi/generated/api.github.com.json')) as Description
  for (const name of missing) {
    const [method = '', path = ''] = name.split(' ')
    const operation = description.paths[path]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${name} is not in GitHub's description`)
    operations.set(name, resolve(operation, description) as Operation)
  }
}

/** GitHub's published GraphQL schema. */
const schema = once((): GraphQLSchema =>
  // Its descriptions are most of it.
  buildSchema(published('graphql-schema/schema.graphql').replaceAll(/"""[^]*?"""/g, ''), {
    assumeValid: true,
    noLocation: true,
  }),
)

const ajv = once(() => {
  const made = new Ajv({ strict: false, allErrors: true, formats: { 'repo.nwo': /^[^/]+\/[^/]+$/ } })

  addFormats.default(made)
  return made
})

/**
 * Answers a REST request, and holds it and its answer against the description.
 * @param problems gets what the description says against them
 */
export async function validateRest(
  method: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
  api: GithubApi,
  problems: string[],
): Promise<Answer> {
  for (const [name, work] of Object.entries(api)) {
    const [of = '', template = ''] = name.split(' ')
    const found = of === method ? pattern(template).exec(path)?.groups : undefined
    if (!found) continue
    const fromPath = Object.fromEntries(
      Object.entries(found).map(([key, value]) => [key, decodeURIComponent(value)]),
    )
    const parameters = { ...fromPath, ...Object.fromEntries(query) }
    const operation = operations.get(name)
    if (!operation) throw new Error(`${name} was not read`)
    problems.push(...problemsOfParameters(name, operation, parameters))
    problems.push(...problemsOfBody(name, operation, body))
    const answer = work(parameters, body)
    problems.push(...problemsOfAnswer(name, operation, answer))
    return Promise.resolve(answer)
  }
  problems.push(`${method} ${path}: nothing here answers it`)
  return { status: 404, body: { message: 'Not Found' } }
}

/** The names of refs and of comparisons have slashes of their own. */
function pattern(template: string): RegExp {
  return new RegExp(
    `^${template.replace(/\{(\w+)\}/g, (_all, name: string) =>
      name === 'ref' || name === 'basehead' ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    )}$`,
  )
}

function problemsOfParameters(name: string, operation: Operation, given: Record<string, string>): string[] {
  const known = (operation.parameters ?? []).map(
    (each) => each as { name: string; required?: boolean; schema: { type?: unknown } },
  )
  const missing = known.filter((each) => each.required && given[each.name] === undefined)
  return [
    ...missing.map((each) => `${name}: the parameter ${each.name} is missing`),
    ...Object.entries(given).flatMap(([key, value]) => {
      const parameter = known.find((each) => each.name === key)
      if (!parameter) return [`${name}: there is no parameter ${key}`]
      const typed = parameter.schema.type === 'integer' ? Number(value) : value
      return against(compiled(`${name} ${key}`, parameter.schema), typed, `${name}: parameter ${key}`)
    }),
  ]
}

function problemsOfBody(name: string, { requestBody }: Operation, body: unknown): string[] {
  if (!requestBody) return body === undefined ? [] : [`${name}: takes no body`]
  const given = requestBody.content['application/json']?.schema
  return against(compiled(`${name} body`, closed(given)), body ?? {}, `${name}: body`)
}

/** The answers given here leave much out, and have nothing that GitHub's don't. */
function problemsOfAnswer(name: string, { responses }: Operation, answer: Answer): string[] {
  const response = responses[String(answer.status)] as
    { content?: Record<string, { schema: unknown }> } | undefined
  if (!response) return [`${name}: ${answer.status} is no answer of it`]
  const given = response.content?.['application/json']?.schema
  if (given === undefined) return answer.body === undefined ? [] : [`${name}: ${answer.status} has no body`]
  return against(compiled(`${name} ${answer.status}`, partial(closed(given))), answer.body, `${name}: answer`)
}

function against(validate: ValidateFunction, value: unknown, what: string): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

const known = new Map<string, ValidateFunction>()

function compiled(key: string, given: unknown): ValidateFunction {
  const validate = known.get(key) ?? ajv().compile(given as object)
  known.set(key, validate)
  return validate
}

/** Puts what is referred to in the place of the reference; what contains itself ends there. */
function resolve(value: unknown, description: Description, around: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, description, around))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value && typeof value.$ref === 'string') {
    const { $ref } = value
    if (around.includes($ref)) return {}
    const target = $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], description)
    return resolve(target, description, [...around, $ref])
  }
  const entries = Object.entries(value).map(([key, each]) => [key, resolve(each, description, around)])
  const result = Object.fromEntries(entries) as Record<string, unknown>
  delete result['example']
  delete result['examples']
  // OpenAPI 3.0 has a word of its own for what may be null.
  const { nullable, ...rest } = result
  if (typeof nullable !== 'boolean') return result
  return nullable ? { anyOf: [rest, { type: 'null' }] } : rest
}

/** A misspelt property is an error, wherever the description lists the properties. */
function closed(value: unknown): unknown {
  return mapSchema(value, (each) => {
    const combined = ['allOf', 'anyOf', 'oneOf'].some((key) => key in each)
    return 'properties' in each && !combined && !('additionalProperties' in each)
      ? { ...each, additionalProperties: false }
      : each
  })
}

function partial(value: unknown): unknown {
  return mapSchema(value, (each) => {
    const rest = { ...each }
    if (Array.isArray(rest['required'])) delete rest['required']
    return rest
  })
}

function mapSchema(
  value: unknown,
  change: (each: Record<string, unknown>) => Record<string, unknown>,
): unknown {
  if (Array.isArray(value)) return value.map((each) => mapSchema(each, change))
  if (typeof value !== 'object' || value === null) return value
  const inside = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mapSchema(each, change)]),
  )
  return change(inside)
}

/**
 * Answers a GraphQL request by GitHub's schema: a document, a variable or an answer that is not of it is an error.
 * @param root what answers each field
 * @param problems gets those errors; an error that `root` itself throws is an answer
 */
export async function validateGraphql(
  { query, variables }: { query?: unknown; variables?: unknown },
  root: object,
  problems: string[],
): Promise<Answer> {
  const { data, errors = [] } = await graphql({
    schema: schema(),
    source: String(query),
    variableValues: variables as Record<string, unknown>,
    rootValue: root,
  })
  for (const error of errors) if (error.extensions['type'] === undefined) problems.push(error.message)
  return {
    status: 200,
    body: {
      data,
      ...(errors.length > 0 && {
        errors: errors.map(({ extensions, message, path }) => ({ type: extensions['type'], path, message })),
      }),
    },
  }
}
