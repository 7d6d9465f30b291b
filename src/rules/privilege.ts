import type { Gained, PrivilegeChange } from '../privileges/difference.js'
import { positionAt } from '../lib/text.js'
import { at, type Problem, type Rule } from './types.js'

/** Rules about what a pull request lets a plugin do. All that a new plugin may do is new. */
export const privilegeRules: Rule<readonly PrivilegeChange[]>[] = [
  {
    id: 'privilege/action-opened',
    title: 'An action that only services could call is open to users',
    why: 'Every logged-in user can call it now, over HTTP and by socket, with parameters of their own. What it trusted other services to check, nothing checks now.',
    mend: "Keep `visibility: 'public'`, or have the action check who calls it and what for.",
    bad: "this.registerAction('issueToken', this.issueToken)",
    good: "this.registerAction('issueToken', this.issueToken, { visibility: 'public' })",
    severity: 'warning',
    check: (changes) =>
      gainedWhere(changes, ({ kind, before }) => kind === 'action' && before !== undefined).map(
        ({ plugin, gained }) =>
          problem(
            plugin,
            gained,
            gained.before === 'services'
              ? `${gained.name} was for services only, and any logged-in user can call it now: keep visibility: 'public', or check who calls`
              : `${gained.name} could be called over HTTP only, and sockets can call it now: keep disableSocket: true, or check who calls`,
          ),
      ),
  },
  {
    id: 'privilege/route-opened',
    title: 'A route is newly open without login',
    why: 'Everyone on the internet can call what is behind it. The gateway opens any path it is told, even those of core services.',
    mend: 'Take the path out of the list, or have the action verify a signature or a secret of its own.',
    bad: "this.registerAuthWhitelist(['/hook', '/list'])",
    good: "this.registerAuthWhitelist(['/hook'])",
    severity: 'warning',
    check: (changes) =>
      gainedWhere(changes, ({ kind }) => kind === 'open-route' || kind === 'foreign-route').map(
        ({ plugin, gained }) =>
          problem(
            plugin,
            gained,
            gained.kind === 'open-route'
              ? `/api${gained.name} is open without login now: make sure that the action verifies who calls`
              : `${gained.name === 'unknown' ? 'a path that only running this tells' : `/api${gained.name}`} is open without login now, and is not the plugin's own: a plugin has no business opening it`,
          ),
      ),
  },
  {
    id: 'privilege/sensitive-access',
    title: 'A plugin newly reaches accounts, tokens, mail, or the configuration',
    why: 'Core services do what a plugin asks without asking who wants it: its code decides alone who is logged in, banned, or written to.',
    mend: 'See that the plugin needs it, and that no one can make it do so for another user; then accept the finding with the reason.',
    bad: "ctx.call('user.signUserToken', { userId: ctx.params.userId })",
    good: "// tailchat-plugins-accept privilege/sensitive-access: the identity provider was asked before\nctx.call('user.signUserToken', { userId })",
    severity: 'warning',
    check: (changes) =>
      gainedWhere(
        changes,
        ({ kind, sensitive }) =>
          sensitive !== undefined && ['call', 'identity', 'hook', 'event'].includes(kind),
      ).map(({ plugin, gained, isNew }) =>
        problem(
          plugin,
          gained,
          `${isNew ? 'the new plugin does this' : 'the plugin did not do this before'}: ${gained.sensitive} (${gained.name})`,
        ),
      ),
  },
  {
    id: 'privilege/raw-page',
    title: 'A plugin newly answers with pages of its own',
    why: 'A page that the server answers with runs on the origin of the application: its scripts can do all that the user who opens it can.',
    mend: 'See that nothing from outside gets into the page unescaped; then accept the finding with the reason.',
    bad: 'return { __raw: true, html: `<p>${ctx.params.text}</p>` }',
    good: 'return { text: ctx.params.text }',
    severity: 'warning',
    check: (changes) =>
      gainedWhere(changes, ({ kind }) => kind === 'raw-html').map(({ plugin, gained }) =>
        problem(
          plugin,
          gained,
          'the plugin answers with a page of its own, which runs on the origin of the application: make sure that nothing from outside gets into it unescaped',
        ),
      ),
  },
]

function gainedWhere(
  changes: readonly PrivilegeChange[],
  matches: (gained: Gained) => boolean,
): { plugin: string; gained: Gained; isNew: boolean }[] {
  return changes
    .filter(({ state }) => state !== 'removed')
    .flatMap(({ plugin, state, gained }) =>
      gained.filter(matches).map((each) => ({ plugin, gained: each, isNew: state === 'new' })),
    )
}

function problem(plugin: string, { at: place, name }: Gained, message: string): Problem {
  // All that these rules are about stands somewhere.
  if (!place) throw new Error(`${name} has no place`)
  return at(positionAt(place.file, place.offset), { plugin, message })
}
