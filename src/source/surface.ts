import type { ClassDeclaration, ClassExpression, ObjectExpression } from '@babel/types'

/** What defines a service: a class of the SDK, or a plain moleculer schema. */
export type Definition = ClassDeclaration | ClassExpression | ObjectExpression

/** Something that a service names: an action that it calls, an event that it sends. */
export interface Mention {
  /** The name; a template as it is written, such as `${name}.redirect`; or `unknown`. */
  name: string
  /** Whether `name` is the name itself. */
  literal: boolean
  /** Where it stands in the file's text. */
  offset: number
}

/** Something that a service registers. */
export interface Registration extends Mention {
  /** Whether it depends on something: an `if` or a loop around it, a `return` before it, a method without a known caller. */
  conditional: boolean
  /** The environment variables that this something reads, sorted. */
  environment: string[]
}

/** An action that a service registers. */
export interface SurfaceAction extends Registration {
  /** `published` (also when it is not given): open to HTTP and sockets; the others are for services only. */
  visibility: string
  /** Whether sockets can't call it; HTTP still can. */
  disableSocket: boolean | 'unknown'
  /** The property `rest` of its schema. */
  rest?: { offset: number; end: number }
}

/** An after-hook: the service's action `callback` gets what the action `name` was given, and its result. */
interface Hook extends Registration {
  callback: string
}

/** A database collection. `name` is the path of the module with its model, as the service requires it. */
export interface Collection extends Registration {
  /** Whether an earlier call has run whenever this one does: then this one is ignored. */
  repeated: boolean
}

/** Something in `onInit` that makes the constructor throw. */
interface Hazard {
  kind: 'throw' | 'logger'
  offset: number
}

/**
 * A field that the class defines after the constructor of TcService has used it, and with it `onInit`.
 * - `reset`: set in there, and without that value afterwards
 * - `redeclared`: the same of what TcService itself sets, such as `broker`
 * - `too-early`: read in there, where it has no value yet
 * - `private`: used in there, which JavaScript refuses of a private member
 * - `handler`: given as a handler in there, where it is undefined
 * - `lifecycle`: a field where TcService looks for a method
 */
export interface FieldFault {
  kind: 'reset' | 'redeclared' | 'too-early' | 'private' | 'handler' | 'lifecycle'
  /** The field's name, with `#` in front of a private one. */
  name: string
  offset: number
  /** Whether it holds only where the compiler defines fields that have no value (`useDefineForClassFields`). */
  isDefinedOnly?: boolean
  /** Whether the constructor throws. */
  isFatal?: boolean
  /** Of a handler: what it was registered as (empty where only running the code tells), and by which method. */
  registered?: string
  method?: string
  fix?: { offset: number; length: number; content: string }
}

/** A registration that comes when the service has been registered, and so has no effect. */
interface LateRegistration extends Mention {
  method: string
  /** What is too late about it, as in "registerAction runs WHY". */
  why: string
}

/** A method that moleculer calls on a plain schema, but that is never called on a class of the SDK. */
interface UnusedMethod {
  name: 'started' | 'stopped'
  offset: number
  /** What makes it run; `undefined` where more than the name would have to change. */
  fix: { offset: number; length: number; content: string } | undefined
}

/**
 * What a service offers and reaches, as its source file tells. Where the file doesn't tell, a name is `unknown` or
 * `unknown` says why: an empty list means 'none' only where `unknown` is empty.
 */
export interface ServiceSurface {
  actions: SurfaceAction[]
  /** Routes that are open without login, below the service's own path. */
  openRoutes: Registration[]
  /** Routes that it opens without login by their whole path, such as `/user/login`: any service's. */
  foreignRoutes: Mention[]
  collections: Collection[]
  events: Registration[]
  hooks: Hook[]
  /** Actions that it calls, its own ones with `localCall` left out. */
  calls: Mention[]
  /** Users that it names when it calls an action, other than the one who calls it: `SYSTEM_USERID`, or `unknown`. */
  identities: Mention[]
  /** Events that it sends, and notifications to clients (`notify:…`). */
  emits: Mention[]
  /** Environment variables that this file reads, sorted. */
  environment: string[]
  /** Where it answers with a page of its own (`__raw`, see services/core/gateway.service.ts), as offsets. */
  rawHtml: number[]
  hazards: Hazard[]
  unusedMethods: UnusedMethod[]
  fieldFaults: FieldFault[]
  lateRegistrations: LateRegistration[]
  /** `this.registerX` of no method that the class has; the SDK may have it. */
  unknownMethods: Mention[]
  /** Why this is not all there is, sorted. */
  unknown: string[]
}

/** Returns the surface of a service that can't be read, with the reason. */
export function unknownSurface(why: string): ServiceSurface {
  return { ...emptySurface(), unknown: [why] }
}

export function emptySurface(): ServiceSurface {
  return {
    actions: [],
    openRoutes: [],
    foreignRoutes: [],
    collections: [],
    events: [],
    hooks: [],
    calls: [],
    identities: [],
    emits: [],
    environment: [],
    rawHtml: [],
    hazards: [],
    unusedMethods: [],
    fieldFaults: [],
    lateRegistrations: [],
    unknownMethods: [],
    unknown: [],
  }
}
