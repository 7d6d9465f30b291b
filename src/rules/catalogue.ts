import type { SyncPlan } from '../sync/plan.js'
import type { PrivilegeChange } from '../privileges/difference.js'
import type { LoadProof } from '../proof/compare.js'
import { bootRules, type BootSubject } from './boot.js'
import { browserRules, type BrowserSubject } from './browser.js'
import { buildContextRules } from './build-context.js'
import { bundleRules, type BundleSubject } from './bundle.js'
import { hostedRules, type HostedSubject } from './hosted.js'
import { composeRules } from './compose.js'
import { declarationRules } from './declarations.js'
import { dependencyRules } from './dependencies.js'
import { imageRules, type ImageSubject } from './image.js'
import { installListRules } from './install-list.js'
import { liveRules, type LiveSubject } from './live.js'
import { type LockfileFailure, lockfileRules, lockfileUpdateRules } from './lockfile.js'
import { manifestRules } from './manifest.js'
import { packageRules } from './package.js'
import { planRules } from './plan.js'
import { pluginRules } from './plugin.js'
import { privilegeRules } from './privilege.js'
import { proofRules } from './proof.js'
import { registrationRules } from './registration.js'
import { serviceRules } from './service.js'
import { sourceRules } from './source.js'
import { webRules } from './web.js'
import { serviceSurfaceRules } from './service-surface.js'
import type { RepositoryRule, Rule, RuleInfo } from './types.js'

/** Everything that is checked before anything is built. */
export const repositoryRules: RepositoryRule[] = [
  ...pluginRules,
  ...buildContextRules,
  ...manifestRules,
  ...packageRules,
  ...webRules,
  ...serviceRules,
  ...serviceSurfaceRules,
  ...dependencyRules,
  ...lockfileRules,
  ...composeRules,
  ...registrationRules,
  ...installListRules,
  ...declarationRules,
  ...sourceRules,
]

/** Every rule there is, by the moment at which it can be checked. */
export const catalogue: {
  repository: RepositoryRule[]
  plan: Rule<SyncPlan>[]
  privileges: Rule<readonly PrivilegeChange[]>[]
  lockfile: Rule<LockfileFailure | undefined>[]
  proof: Rule<LoadProof>[]
  image: Rule<ImageSubject>[]
  browser: Rule<BrowserSubject>[]
  boot: Rule<BootSubject>[]
  live: Rule<LiveSubject>[]
  bundle: Rule<BundleSubject>[]
  hosted: Rule<HostedSubject>[]
} = {
  repository: repositoryRules,
  plan: planRules,
  privileges: privilegeRules,
  lockfile: lockfileUpdateRules,
  proof: proofRules,
  image: imageRules,
  browser: browserRules,
  boot: bootRules,
  live: liveRules,
  bundle: bundleRules,
  hosted: hostedRules,
}

/** The rules of which `sync` mends what they find without being asked to fix anything. */
export function syncedRules(): RuleInfo[] {
  return allRules().filter(({ id, mendedBy }) => mendedBy || id === 'registration/out-of-date')
}

/** What there is to know about each rule, in the order of the catalogue. */
export function allRules(): RuleInfo[] {
  return [
    ...catalogue.repository,
    ...catalogue.plan,
    ...catalogue.privileges,
    ...catalogue.lockfile,
    ...catalogue.proof,
    ...catalogue.image,
    ...catalogue.browser,
    ...catalogue.boot,
    ...catalogue.live,
    ...catalogue.bundle,
    ...catalogue.hosted,
  ]
}
