export const id = 749;
export const ids = [749];
export const modules = {

/***/ 9738:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ cacheProblems),
/* harmony export */   Y: () => (/* binding */ printedErrors)
/* harmony export */ });
/**
 * Returns the errors in a build's log that do not make Tailchat's build fail: the bundler's `✖` (mini-star),
 * "Compilation failed" and the compiler's diagnostics (server/scripts/build.ts).
 */
function printedErrors(lines) {
    return lines.flatMap((raw) => {
        const line = raw.replace(/^#\d+ \d+(\.\d+)? /, '').trim();
        if (/Compilation failed/.test(line))
            return [{ kind: 'compilation', line }];
        if (line.startsWith('✖'))
            return [{ kind: 'bundle', line }];
        const diagnostic = /^(?:.*?\/server\/)?(plugins\/\S+?\.tsx?) \((\d+),(\d+)\): /.exec(line);
        if (!diagnostic)
            return [];
        const [, file = '', row, column] = diagnostic;
        return [{ kind: 'diagnostic', line, place: { file, line: Number(row), column: Number(column) } }];
    });
}
/**
 * Returns a line for each cache that a build could not read or write. Such a build goes on: it only takes longer, or
 * leaves no cache for the next one. The log names the step (`#5 importing cache manifest from …`) and then shows the
 * error; a directory that holds no cache is a warning of buildx itself.
 */
function cacheProblems(lines) {
    const steps = new Map();
    const problems = new Set();
    for (const line of lines) {
        const warning = /^WARNING: (local cache import at .*)$/.exec(line)?.[1];
        if (warning !== undefined)
            problems.add(`Cache: ${warning}; the build went on without it`);
        const [, step = '', text = ''] = /^(#\d+) (.*)$/.exec(line) ?? [];
        if (/^(?:importing cache manifest|exporting cache)\b/.test(text) && !steps.has(step))
            steps.set(step, text);
        const error = /^(?:\d+(?:\.\d+)? )?(?:ERROR|error): (.*)$/.exec(text)?.[1];
        const name = steps.get(step);
        if (error !== undefined && name !== undefined)
            problems.add(`Cache: ${name} failed, and the build went on without it: ${error}`);
    }
    return [...problems];
}


/***/ }),

/***/ 7697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dR: () => (/* binding */ nativePackagesAdded),
/* harmony export */   g5: () => (/* binding */ lockfileChange),
/* harmony export */   kw: () => (/* binding */ packagesAdded)
/* harmony export */ });
/**
 * Compares two texts of pnpm-lock.yaml apart from the packages of plugins.
 * @param isPlugin tells whether a directory, such as `server/plugins/com.acme.tickets`, is a plugin or in one
 * @returns the first difference; `undefined` when the rest of the repository gets the same installation as before.
 *   Packages may have been added and removed, but one that stayed must have the same dependencies.
 */
function lockfileChange(before, after, isPlugin) {
    const old = sectionsOf(before);
    const now = sectionsOf(after);
    for (const section of new Set([...old.keys(), ...now.keys()])) {
        const was = old.get(section) ?? new Map();
        const is = now.get(section) ?? new Map();
        for (const key of new Set([...was.keys(), ...is.keys()])) {
            if (was.get(key) === is.get(key))
                continue;
            if (section === 'importers' && isPlugin(key))
                continue;
            const cameOrWent = !was.has(key) || !is.has(key);
            if (cameOrWent && PACKAGE_SECTIONS.includes(section))
                continue;
            return key === '' ? section : `${section}: ${key}`;
        }
    }
    return undefined;
}
/** Returns added packages that are compiled during installation or made for one platform: an overlay can't carry them. */
function nativePackagesAdded(before, after) {
    const known = sectionsOf(before).get('packages');
    const now = sectionsOf(after).get('packages') ?? new Map();
    return [...now]
        .filter(([key, text]) => !known?.has(key) && /\n {4}(?:requiresBuild: true|cpu: |os: )/.test(text))
        .map(([key]) => withoutPeers(key));
}
/** Returns the packages, with their versions, that a lockfile has and an earlier text of it has not. */
function packagesAdded(before, after) {
    const known = sectionsOf(before).get('packages');
    const now = [...(sectionsOf(after).get('packages')?.keys() ?? [])];
    return now.filter((key) => key !== '' && !known?.has(key)).map(withoutPeers);
}
function withoutPeers(key) {
    return key.replace(/^\//, '').split('(', 1)[0] ?? '';
}
/** Sections in which each key is a package with its version (`snapshots` since pnpm 9). */
const PACKAGE_SECTIONS = ['packages', 'snapshots'];
/** Splits a lockfile into its top-level sections and their entries, as texts; a value on the section's own line has the key ''. */
function sectionsOf(lockfile) {
    const sections = new Map();
    let entries = new Map();
    let key = '';
    for (const line of lockfile.split(/\r?\n/)) {
        // `dev` changes when another package starts or stops needing this one.
        if (line.trim() === '' || /^ {4}dev: /.test(line))
            continue;
        const section = /^([^\s:]+):(.*)$/.exec(line);
        const entry = /^ {2}(?:'([^']+)'|([^\s'][^]*?)):(?: ([^]*))?$/.exec(line);
        if (section) {
            entries = new Map([['', section[2] ?? '']]);
            key = '';
            sections.set(section[1] ?? '', entries);
        }
        else if (entry) {
            key = entry[1] ?? entry[2] ?? '';
            entries.set(key, entry[3] ?? '');
        }
        else
            entries.set(key, `${entries.get(key) ?? ''}\n${line}`);
    }
    return sections;
}


/***/ }),

/***/ 7955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ withOverlayContext)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3136);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4248);
/* harmony import */ var _overlay_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(765);





/** The scripts of the build stage, next to this file in the sources and in the bundle's directory. */
const stageScripts = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(import.meta.url)), 'overlay-stage');
/** Writes the build context of an overlay: only the plugins to rebuild, never the rest of the repository. */
async function withOverlayContext(files, work) {
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_3__/* .withTemporaryDirectory */ .n)(async (directory) => {
        const stage = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'stage');
        const context = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'context');
        const dockerfile = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'Dockerfile');
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.cpSync)(stageScripts, stage, { recursive: true });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(context);
        const newest = copyPlugins(files, context);
        // Another time makes browsers fetch a file again: without a commit, take the time of the newest source.
        const plan = { ...files.plan, epochSeconds: files.plan.epochSeconds ?? newest };
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(stage, 'plan.json'), JSON.stringify(plan));
        if (files.lockfile !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(stage, 'pnpm-lock.yaml'), files.lockfile);
        if (files.dockerIgnore !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(context, '.dockerignore'), files.dockerIgnore);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(dockerfile, files.dockerfile);
        return work({ dockerfile, context, contexts: { [_overlay_js__WEBPACK_IMPORTED_MODULE_4__/* .STAGE_CONTEXT */ .ti]: stage } });
    });
}
/** @returns the modification time of the newest file, in seconds since 1970 */
function copyPlugins({ root, plan, plugins }, context) {
    let newest = 0;
    for (const overlaid of plan.plugins) {
        const plugin = plugins.find(({ name, kind }) => name === overlaid.name && kind === overlaid.kind);
        if (!overlaid.changed || !plugin)
            continue;
        for (const file of plugin.files) {
            const from = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, plugin.directory, file);
            const to = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(context, overlaid.directory, file);
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(to), { recursive: true });
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync)(from, to);
            const { mode, mtimeMs } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(from);
            // The other bits come from the checkout, and may differ from machine to machine.
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.chmodSync)(to, mode & 0o100 ? 0o755 : 0o644);
            newest = Math.max(newest, Math.floor(mtimeMs / 1000));
        }
    }
    return newest;
}


/***/ }),

/***/ 765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VB: () => (/* binding */ bundleDockerfile),
/* harmony export */   bT: () => (/* binding */ secretIds),
/* harmony export */   fE: () => (/* binding */ nodeDockerfile),
/* harmony export */   l6: () => (/* binding */ overlayDockerfile),
/* harmony export */   ti: () => (/* binding */ STAGE_CONTEXT),
/* harmony export */   uB: () => (/* binding */ planOverlay),
/* harmony export */   wg: () => (/* binding */ planNode)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6916);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(495);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(361);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6972);




/**
 * Decides what is in an overlay.
 * @param changed names of the plugins to rebuild; `undefined`: every plugin
 * @param files `undefined` in a repository that holds plugins only: then entries are merged into the image's own lists
 */
function planOverlay(states, changed, files) {
    const plugins = states.map(({ plugin, wanted }) => ({
        name: plugin.name,
        kind: plugin.kind,
        directory: `${plugin.kind === 'frontend' ? _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.frontendPlugins : _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.serverPlugins}/${plugin.name}`,
        changed: changed?.includes(plugin.name) ?? true,
        // Tailchat's build bundles every frontend plugin, and the full-stack ones that are installed.
        bundle: plugin.kind === 'frontend' || (plugin.kind === 'fullstack' && wanted.install),
    }));
    if (!files)
        return { plugins, registries: registriesToMerge(states) };
    return {
        plugins,
        only: {
            compiled: plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name),
            published: plugins.filter(({ bundle }) => bundle).map(({ name }) => name),
        },
        registries: {
            'registry.json': files.registry,
            'registry-be.json': installedRegistry(states, files.installed),
        },
    };
}
/** Decides what is in the image of a node: the services of these plugins, and no front end. */
function planNode(states) {
    const { plugins } = planOverlay(states, undefined, undefined);
    return { plugins: plugins.map((plugin) => ({ ...plugin, bundle: false })), registries: {} };
}
/** Returns what the install script writes: the last installed plugin comes first (server/scripts/installPlugin.js). */
function installedRegistry(states, installed) {
    const server = states.filter(({ plugin }) => plugin.kind !== 'frontend');
    const names = installed.includes('all') ? server.map(({ plugin }) => plugin.name) : installed;
    let entries = [];
    for (const name of names) {
        const manifest = manifestOf(server.find(({ plugin }) => plugin.name === name));
        if (manifest)
            entries = [manifest, ...entries.filter((entry) => entry['name'] !== manifest['name'])];
    }
    return `${JSON.stringify(entries)}\n`;
}
function registriesToMerge(states) {
    const merge = (isIn) => ({
        entries: states.filter(isIn).flatMap((state) => {
            const manifest = manifestOf(state);
            return manifest ? [manifest] : [];
        }),
        without: states.filter((state) => !isIn(state)).map(({ plugin }) => plugin.name),
    });
    return {
        'registry.json': merge(({ wanted }) => wanted.registry),
        'registry-be.json': merge(({ wanted }) => wanted.install),
    };
}
function manifestOf(state) {
    return (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(state?.plugin.web?.manifest?.value);
}
/** The build context with the stage's own files; the sources of plugins come from the main context. */
const STAGE_CONTEXT = 'overlay-stage';
const STAGE_DIRECTORY = '/tmp/tailchat-overlay';
/**
 * Returns the Dockerfile of an overlay. It holds no names of plugins: they are data, in plan.json. The build stage
 * runs once, on the builder's own platform; the image itself has no RUN and is the same for every platform.
 * @param secrets ids of build secrets, which the build stage finds in /run/secrets
 * @param version the version that the gateway answers with
 */
function overlayDockerfile(base, secrets, version) {
    return `${overlayStages(base, secrets)}${(0,_record_js__WEBPACK_IMPORTED_MODULE_3__/* .versionInstruction */ .V4)(version)}`;
}
/** The Dockerfile of a node: an overlay that starts the services of these plugins and nothing else. */
function nodeDockerfile(base, secrets, node) {
    return `${overlayStages(base, secrets)}${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .nodeInstructions */ ._O)(node.appDir, node.plugins)}`;
}
function overlayStages(base, secrets) {
    return `${buildStage(base, secrets)}
FROM ${base.reference}
# Empty files hide what the base image has there; the files of the overlay follow.
COPY --link --from=build ${STAGE_DIRECTORY}/hide/ /
COPY --link --from=build ${STAGE_DIRECTORY}/layer/ /
`;
}
/** Returns the Dockerfile whose last stage holds only the front ends of plugins, a folder for each. */
function bundleDockerfile(base, secrets) {
    return `${buildStage(base, secrets)}
FROM scratch
COPY --from=build ${STAGE_DIRECTORY}/bundles/ /
`;
}
function buildStage(base, secrets) {
    const mounts = secrets.map((id) => `--mount=type=secret,id=${id} `).join('');
    const command = JSON.stringify(['node', `${STAGE_DIRECTORY}/main.cjs`, STAGE_DIRECTORY]);
    return `FROM --platform=$BUILDPLATFORM ${base.reference} AS build
USER 0:0
COPY --from=${STAGE_CONTEXT} / ${STAGE_DIRECTORY}/
COPY . ${STAGE_DIRECTORY}/tree/
RUN ${mounts}${command}
`;
}
/** Returns the ids of build secrets such as `id=npmrc,src=.npmrc`. */
function secretIds(buildSecrets) {
    return buildSecrets.flatMap((secret) => {
        const id = secret.split(',').map((field) => /^id=([\w.-]+)$/.exec(field.trim())?.[1]);
        return id.find((each) => each !== undefined) ?? [];
    });
}


/***/ }),

/***/ 6685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C7: () => (/* binding */ planBuild),
  Ej: () => (/* binding */ planReferences),
  T6: () => (/* binding */ requireBuildFiles)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/image/base.js
var base = __webpack_require__(4052);
// EXTERNAL MODULE: ./.build/src/image/buildx-args.js
var buildx_args = __webpack_require__(3439);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
;// CONCATENATED MODULE: ./.build/src/image/caches.js



/**
 * Drops local cache directories that can't be written. buildx creates them before it builds and fails if it can't,
 * even with `ignore-error`; a build should not fail for its cache.
 * @param cacheTo the values of `--cache-to`
 */
function writableCaches(cacheTo) {
    const usable = [];
    const problems = [];
    for (const cache of cacheTo) {
        const directory = /(?:^|,)type=local(?:,|$)/.test(cache)
            ? /(?:^|,)dest=([^,]+)/.exec(cache)?.[1]
            : undefined;
        const reason = directory === undefined ? undefined : whyNotWritable((0,external_node_path_.resolve)(directory));
        if (reason === undefined)
            usable.push(cache);
        else
            problems.push(`Cache: ${directory} cannot be written (${reason}), and the build goes on without it.`);
    }
    return { usable, problems };
}
/** Returns the error code that writing to a directory would meet, without creating anything; `undefined`: none. */
function whyNotWritable(directory) {
    try {
        if (!(0,external_node_fs_.statSync)(directory).isDirectory())
            return 'ENOTDIR';
        (0,external_node_fs_.accessSync)(directory, external_node_fs_.constants.W_OK);
        return undefined;
    }
    catch (error) {
        const code = (0,files/* errorCode */.CA)(error);
        return code === 'ENOENT' && (0,external_node_path_.dirname)(directory) !== directory ? whyNotWritable((0,external_node_path_.dirname)(directory)) : code;
    }
}

// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/image/sources.js
var sources = __webpack_require__(7307);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
;// CONCATENATED MODULE: ./.build/src/image/plan.js









/**
 * Plans a whole build before anything is started, so that a mistake is found within seconds.
 * @param published a commit that holds the working tree as it is, although another one is checked out
 * @throws when an input can't be carried out, with what to change
 */
async function planBuild({ image }, { root, event, published }) {
    const commit = await (0,git/* readCommit */.kN)(root);
    const changed = commit && published === undefined ? await (0,git/* changedFiles */.Y_)(root) : [];
    const names = image.names.map(image_reference/* imageName */.tO);
    const targets = image.push ? planReferences(image, event, published ?? commit?.sha ?? event.sha) : [];
    const caches = writableCaches(image.cacheTo);
    const provenance = (0,buildx_args/* provenanceLabels */.X)({
        url: event.repositoryUrl || commit?.url,
        revision: published ?? (commit ? revisionOf(commit, changed) : event.sha || undefined),
        created: commit?.time,
    });
    const { labels, notes } = withGivenLabels(provenance, keyValues(image.labels));
    return {
        names: image.push ? names : [],
        references: targets,
        notes: [
            ...(commit && changed.length > 0 ? [dirtyNote(commit, changed)] : []),
            ...notes,
            ...caches.problems,
        ],
        plan: {
            dockerfile: (0,external_node_path_.join)(root, image.dockerfile),
            context: (0,external_node_path_.join)(root, image.context),
            labels: { ...labels, ...(await (0,sources/* sourcesLabel */.Lz)(root)) },
            buildArgs: image.buildArgs,
            buildSecrets: image.buildSecrets,
            platforms: image.platforms,
            cacheFrom: image.cacheFrom,
            cacheTo: caches.usable,
            builder: image.builder,
            options: image.options,
            epochSeconds: commit?.epochSeconds,
        },
    };
}
/**
 * Returns the tags that a run moves, as `name:tag`: the given ones, or else those derived from the event.
 * @param sha the commit that gets a tag of its own; empty: no commit does
 * @throws when there is no tag, or one that no container registry would take
 */
function planReferences({ names, tags }, event, sha) {
    const images = names.map(image_reference/* imageName */.tO);
    const { ref, pullRequest } = event;
    // The event of a merged pull request belongs to the branch that it was merged into.
    const isOfBranch = pullRequest?.merged === true && ref.startsWith('refs/heads/');
    const derived = { ref, sha, pullRequest: isOfBranch ? undefined : pullRequest?.number };
    const targets = (0,image_reference/* references */.Ft)(images, tags.length > 0 ? tags : (0,image_reference/* deriveTags */.hj)(derived));
    const foreign = targets.find((target) => !images.some((name) => target.startsWith(`${name}:`)));
    if (foreign)
        throw new Error(`the tag ${foreign} does not belong to any of the images ${images.join(', ')}: add its image to \`images\``);
    if (targets.length === 0)
        throw new Error('no tag is given, and none follows from the event or a commit: set `tags`');
    return targets;
}
/** @throws when the Dockerfile or the context of a full build is not there */
function requireBuildFiles({ image }, root) {
    for (const [input, path] of [
        ['dockerfile', image.dockerfile],
        ['context', image.context],
    ])
        if (!(0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, path)))
            throw new Error(`${input}: ${path} does not exist`);
}
/** Returns the commit, marked where the tree holds more than it, such as edits of sync that are not committed. */
function revisionOf({ sha }, changed) {
    return changed.length > 0 ? `${sha}-dirty` : sha;
}
function dirtyNote({ sha }, changed) {
    return `Built from ${sha.slice(0, 12)} and uncommitted changes (${(0,wording/* listed */.KE)(changed, 3)}): the label revision ends in -dirty.`;
}
/**
 * Merges the labels of the input into those that say where the image comes from. The commit and the labels of this
 * action can't be replaced: later deploys and rollbacks learn from them what is in the image.
 */
function withGivenLabels(provenance, given) {
    const isOurs = (name) => name.startsWith(base/* OWN_LABELS */.N9) || (name === base/* REVISION_LABEL */.P1 && provenance[name] !== undefined);
    const left = Object.keys(given).filter((name) => isOurs(name) && given[name] !== provenance[name]);
    return {
        labels: {
            ...provenance,
            ...Object.fromEntries(Object.entries(given).filter(([name]) => !isOurs(name))),
        },
        notes: left.length > 0 ? [`Ignored in \`labels\`, since the action sets them itself: ${(0,wording/* listed */.KE)(left)}.`] : [],
    };
}
function keyValues(items) {
    return Object.fromEntries(items.map((item) => {
        const at = item.indexOf('=');
        return at === -1 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
    }));
}


/***/ }),

/***/ 6972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AB: () => (/* binding */ SERVICES_LABEL),
/* harmony export */   It: () => (/* binding */ versionIn),
/* harmony export */   Jy: () => (/* binding */ readServiceRecord),
/* harmony export */   PG: () => (/* binding */ readOffering),
/* harmony export */   PW: () => (/* binding */ serviceLabels),
/* harmony export */   V4: () => (/* binding */ versionInstruction),
/* harmony export */   w7: () => (/* binding */ offeringLabels)
/* harmony export */ });
/* unused harmony exports AVAILABLE_LABEL, PLUGINS_LABEL, BUNDLES_LABEL */
/** The labels that list the services which an image should load, and those with a public `/available`, as JSON. */
const SERVICES_LABEL = 'tailchat-plugin-deploy.services';
const AVAILABLE_LABEL = 'tailchat-plugin-deploy.available';
/** The labels that list the repository's plugins in an image, and those of them whose front end is offered, as JSON. */
const PLUGINS_LABEL = 'tailchat-plugin-deploy.plugins';
const BUNDLES_LABEL = 'tailchat-plugin-deploy.bundles';
const VERSION_VARIABLE = 'VERSION';
/** A label is an argument of a command, so a longer one is left empty: `status` then asks the checkout instead. */
const MAX_LABEL_BYTES = 60_000;
/** Longer than any name that a service can have in /health. */
const MAX_NAME = 300;
/** Returns the labels that record the services of an image, with those that the base image records. */
function serviceLabels(own, base) {
    const joined = (list) => namesLabel([...list(own), ...(base ? list(base) : [])]);
    // Both are always set: an image inherits the labels of its base.
    return {
        [SERVICES_LABEL]: joined(({ services }) => services),
        [AVAILABLE_LABEL]: joined(({ available }) => available),
    };
}
/** Returns the labels that record the plugins of an image; its services have a label of their own. */
function offeringLabels({ plugins, bundles }) {
    return { [PLUGINS_LABEL]: namesLabel(plugins), [BUNDLES_LABEL]: namesLabel(bundles) };
}
/** Reads what an image records of its plugins; `undefined` where a part of it is not recorded, or not readable. */
function readOffering(labels) {
    const plugins = namesIn(labels[PLUGINS_LABEL]);
    const bundles = namesIn(labels[BUNDLES_LABEL]);
    const services = namesIn(labels[SERVICES_LABEL]);
    return plugins && bundles && services ? { plugins, bundles, services } : undefined;
}
/** Reads the services that an image records; `undefined` where it records none, or nothing readable. */
function readServiceRecord(labels) {
    const services = namesIn(labels[SERVICES_LABEL]);
    if (!services)
        return undefined;
    const available = namesIn(labels[AVAILABLE_LABEL]) ?? [];
    return { services, available: available.filter((name) => services.includes(name)) };
}
function namesLabel(names) {
    const text = JSON.stringify([...new Set(names)].sort());
    return Buffer.byteLength(text) <= MAX_LABEL_BYTES ? text : '';
}
function namesIn(label) {
    if (label === undefined || label === '' || Buffer.byteLength(label) > MAX_LABEL_BYTES)
        return undefined;
    let value;
    try {
        value = JSON.parse(label);
    }
    catch {
        return undefined;
    }
    const isName = (each) => typeof each === 'string' && each !== '' && each.length <= MAX_NAME;
    return Array.isArray(value) && value.every(isName) ? value : undefined;
}
/** Returns the version that the gateway of an image answers with, from the environment in its configuration. */
function versionIn(config) {
    const environment = config?.Env;
    const prefix = `${VERSION_VARIABLE}=`;
    const line = Array.isArray(environment)
        ? environment.find((each) => typeof each === 'string' && each.startsWith(prefix))
        : undefined;
    return line?.slice(prefix.length) || undefined;
}
/** Returns the instruction that sets the gateway's version (server/mixins/health.mixin.ts); empty without a version. */
function versionInstruction(version) {
    return version !== undefined && /^[\w.+-]{1,128}$/.test(version)
        ? `ENV ${VERSION_VARIABLE}=${version}\n`
        : '';
}


/***/ }),

/***/ 7307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lz: () => (/* binding */ sourcesLabel),
/* harmony export */   Ou: () => (/* binding */ SOURCES_LABEL),
/* harmony export */   u0: () => (/* binding */ sourcesOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5908);
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9779);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(495);




/**
 * The label with a hash over the plugins of the commit that an image was built from. Any tool that labels images can
 * set the revision label; this one shows whether it is still right.
 */
const SOURCES_LABEL = 'tailchat-plugin-deploy.sources';
const PLUGINS = [_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.frontendPlugins, _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.serverPlugins].map((directory) => `${directory}/`);
/**
 * Returns the hash over the name and the git tree of each plugin's directory in a commit.
 * @param revision the id of a commit of the repository at `root`, or `HEAD`
 * @throws {CommandError} when the commit is not there
 */
async function sourcesOf(root, revision) {
    const entries = (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_2__/* .git */ .$Y)(root, ['ls-tree', '-z', revision, '--', ...PLUGINS])).split('\0');
    // MODE TYPE ID\tPATH; only directories are plugins.
    const directories = entries.filter((entry) => entry !== '' && !/^\d+ blob /.test(entry)).sort();
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(directories.join('\0')).digest('hex')}`;
}
/**
 * Returns the label for an image of the working tree; empty where its plugins differ from the commit.
 * It is always set, since an image inherits the labels of its base.
 */
async function sourcesLabel(root) {
    const value = async () => (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_2__/* .changedFiles */ .Y_)(root, PLUGINS)).length > 0 ? '' : sourcesOf(root, 'HEAD');
    return {
        [SOURCES_LABEL]: await value().catch((error) => {
            if (error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .CommandError */ .Qd)
                return '';
            throw error;
        }),
    };
}


/***/ }),

/***/ 6960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ decideStrategy)
/* harmony export */ });
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4052);
/* harmony import */ var _sources_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7307);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1067);



/**
 * Chooses between the repository's own Dockerfile and an overlay.
 * @throws when the wanted strategy would not give the image that the repository describes, with what to do
 */
function decideStrategy(facts) {
    if (facts.asked === 'full') {
        if (facts.pluginsOnly)
            throw new Error('strategy full builds with the Dockerfile of a Tailchat repository, and this one holds plugins only: set base-image, and strategy to overlay or auto');
        return { strategy: 'full', reason: 'it was asked for' };
    }
    const { base } = facts;
    const obstacle = obstacleTo(facts);
    if (base && 'reference' in base && obstacle === undefined)
        return { strategy: 'overlay', base, changed: changedPlugins(facts), reason: reasonFor(facts, base) };
    if (facts.asked === 'overlay' || facts.pluginsOnly)
        throw new Error(`an overlay can't be built: ${obstacle}${facts.pluginsOnly ? '' : '; use strategy: full'}`);
    return { strategy: 'full', reason: obstacle ?? 'base-image is not set' };
}
/** Returns why an overlay can't be built or, with `auto`, should not be. */
function obstacleTo({ asked, pluginsOnly, base, platforms, changes, builtinWanted }) {
    if (!base)
        return 'base-image is not set';
    if ('missing' in base)
        return base.missing;
    const lacking = platforms.filter((platform) => !base.platforms.some((each) => isPlatform(each, platform)));
    if (lacking.length > 0)
        return `${base.reference} is for ${base.platforms.join(', ')}, and not for ${lacking.join(', ')}`;
    if (builtinWanted.length > 0)
        return `${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .listed */ .KE)(builtinWanted)} would have to be built into the web client, which an overlay does not change: declare \`offer: registry\``;
    if (pluginsOnly)
        return undefined;
    if ('unknown' in changes)
        return asked === 'auto'
            ? `what changed since ${base.reference} is unknown: ${changes.unknown}`
            : undefined;
    if (changes.builtin.length > 0)
        return `the built-in entries of the web client changed since the base image (${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .listed */ .KE)(changes.builtin)}), and they are compiled into it`;
    if (changes.native.length > 0)
        return `added since the base image, and compiled during installation or made for one platform: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .listed */ .KE)(changes.native)}`;
    if (asked === 'auto' && changes.elsewhere.length > 0)
        return `files outside of plugins changed since the base image: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .listed */ .KE)(changes.elsewhere)}`;
    return undefined;
}
function changedPlugins({ pluginsOnly, changes }) {
    return pluginsOnly || 'unknown' in changes ? undefined : changes.plugins;
}
function reasonFor({ asked, pluginsOnly, changes }, base) {
    const on = `on ${base.reference}`;
    if (pluginsOnly)
        return `${on}: this repository holds plugins only`;
    if ('unknown' in changes)
        return `${on}, with every plugin rebuilt: ${changes.unknown}`;
    const built = changes.plugins.length > 0 ? (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .listed */ .KE)(changes.plugins) : 'no plugin';
    const trusted = base.labels[_sources_js__WEBPACK_IMPORTED_MODULE_1__/* .SOURCES_LABEL */ .Ou]
        ? ''
        : `; the commit in the label ${_base_js__WEBPACK_IMPORTED_MODULE_0__/* .REVISION_LABEL */ .P1} is taken on trust, since the image has no label ${_sources_js__WEBPACK_IMPORTED_MODULE_1__/* .SOURCES_LABEL */ .Ou}`;
    if (asked === 'auto')
        return `${on}: only plugins changed since (${built})${trusted}`;
    const left = changes.elsewhere.length > 0
        ? `; these stay as the base image has them: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .listed */ .KE)(changes.elsewhere)}`
        : '';
    return `${on}: since then ${built} changed${left}${trusted}`;
}
/** Tells whether one platform serves for another: `linux/arm64/v8` does for `linux/arm64`. */
function isPlatform(given, wanted) {
    return given === wanted || given.startsWith(`${wanted}/`) || wanted.startsWith(`${given}/`);
}


/***/ }),

/***/ 992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fu: () => (/* binding */ moveTags),
/* harmony export */   R0: () => (/* binding */ readTargets),
/* harmony export */   oU: () => (/* binding */ digestBefore)
/* harmony export */ });
/* unused harmony export TagsError */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7102);
/* harmony import */ var _lib_interrupt_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1404);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1067);
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6137);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6009);






/** An error when tags could not be moved; the message says where each tag points now. */
class TagsError extends Error {
}
/**
 * Reads where every tag points. All are read before any is moved, so that a container registry that does not answer is
 * noticed before anything has changed.
 */
async function readTargets(docker, references) {
    const targets = [];
    for (const reference of references)
        targets.push({ reference, before: await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(docker, reference) });
    return targets;
}
/** Returns the digest that the first existing tag pointed at. */
function digestBefore(targets) {
    return targets.find(({ before }) => before !== undefined)?.before;
}
/**
 * Moves all tags or none: when one can't be moved, or this process is told to end, those that were moved are put back
 * to where they pointed before.
 * @throws {TagsError} when a tag could not be moved
 */
async function moveTags(docker, targets, { point, onMoved }) {
    const touched = [];
    const putBackOnExit = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .pointTagCommand */ .MP)(docker);
    const putBackNow = ({ reference, before }) => {
        // A new tag can't be taken back.
        if (before === undefined)
            return `${reference} may be there already`;
        const { status } = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)('docker', putBackOnExit(reference, before), {
            env: (0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .childEnvironment */ .Q)(docker.env),
            stdio: 'ignore',
            timeout: PUT_BACK_MILLISECONDS,
        });
        return status === 0 ? `${reference} points at ${before} again` : `${reference} could not be put back`;
    };
    const forget = (0,_lib_interrupt_js__WEBPACK_IMPORTED_MODULE_1__/* .onInterrupt */ .n)(() => touched.map(putBackNow).join('; ') || undefined);
    try {
        // Existing tags come first: a new tag can't be taken back.
        for (const target of [...targets].sort((a, b) => Number(!a.before) - Number(!b.before))) {
            // A tag may have moved although the command that moved it failed.
            touched.push(target);
            try {
                onMoved(target.reference, await point(target.reference));
            }
            catch (error) {
                const sentences = await putBack(docker, touched, { failure: (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error), onMoved });
                throw new TagsError(`${target.reference} was not moved: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}. ${sentences}`, {
                    cause: error,
                });
            }
        }
    }
    finally {
        forget();
    }
}
/** A runner gives a cancelled step a few seconds. */
const PUT_BACK_MILLISECONDS = 3000;
/**
 * Tells whether a container registry said that the manifest is missing: it may have created the tag all the same.
 */
function saysMissing(failure) {
    return /\b404\b|\bnot found\b|\bunknown\b|\bno such\b|does not have it/i.test(failure);
}
/**
 * Puts tags back.
 * @param touched the last of them is the one that could not be moved
 * @param failure the error message from moving that one
 * @returns sentences that say where each tag points now
 */
async function putBack(docker, touched, { failure, onMoved }) {
    const restored = [];
    const remaining = [];
    for (const { reference, before } of [...touched].reverse()) {
        try {
            let now = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(docker, reference);
            if (before !== undefined && now !== before) {
                await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .pointTag */ .Ho)(docker, reference, before);
                now = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(docker, reference);
                if (now !== undefined)
                    restored.push(reference);
            }
            const wasMoved = reference !== touched.at(-1)?.reference;
            if (now === undefined && (before !== undefined || wasMoved || saysMissing(failure)))
                remaining.push(before === undefined
                    ? `${reference} may exist: the container registry was asked to create it, and now says that there is no such tag; look there, and remove it if it exists`
                    : `${reference} may point at the new image, although the container registry says that there is no such tag: point it at ${(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(reference)}@${before} again`);
            else if (now === undefined || now === before)
                onMoved(reference, undefined);
            else if (before === undefined)
                remaining.push(`${reference} is new and still points at ${now}: remove it in the container registry`);
            else
                remaining.push(`${reference} points at ${now}, a new index that holds the image ${before} from before`);
        }
        catch (error) {
            remaining.push(before === undefined
                ? `${reference} may exist now: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`
                : `${reference} may point at the new image (${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}): point it at ${(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(reference)}@${before} again`);
        }
    }
    if (remaining.length > 0)
        return [...(restored.length > 0 ? [`Put back: ${restored.join(', ')}`] : []), ...remaining].join('. ');
    return restored.length > 0
        ? `Put back: ${restored.join(', ')}; every tag points where it did before`
        : 'No tag was moved';
}


/***/ }),

/***/ 1938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qx: () => (/* binding */ NO_PROMISE),
/* harmony export */   fe: () => (/* binding */ promiseOfCheckout),
/* harmony export */   q8: () => (/* binding */ promiseOfImage),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6916);
/* harmony import */ var _image_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(361);
/* harmony import */ var _image_record_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6972);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6009);
/* harmony import */ var _tailchat_gateway_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6922);
/* harmony import */ var _expected_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6868);






/** How often a bundle's first file and the plugin registry files are asked for in a row. */
const TIMES = 3;
/** More than Tailchat with all of its plugins has several times over. */
const MAX_FILES = 2000;
/** What the services of the checkout are recorded as on an image. */
function recordOf(desired) {
    const { expected } = (0,_expected_js__WEBPACK_IMPORTED_MODULE_3__/* .expectedServices */ .z)(desired);
    return { services: names(expected), available: names(expected.filter(isAvailable)) };
}
function names(services) {
    return services.flatMap(({ name }) => name ?? []);
}
/** Tells whether a service always registers `/available`. */
function isAvailable({ source }) {
    return source.surface.openRoutes.some(({ name, literal, conditional }) => name === '/available' && literal && !conditional);
}
/**
 * What a server should show that runs an image.
 * @param desired the checkout, which knows where each service is written; `undefined`: there is none
 */
function promiseOfImage(image, desired) {
    const labels = (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .labelsOfConfig */ .Lr)(image.config);
    const record = (0,_image_record_js__WEBPACK_IMPORTED_MODULE_4__/* .readServiceRecord */ .Jy)(labels) ?? (desired && recordOf(desired));
    const isNode = labels[_image_node_js__WEBPACK_IMPORTED_MODULE_1__/* .AS_LABEL */ .W_] === 'node';
    const created = isNode ? NaN : Date.parse(labels['org.opencontainers.image.created'] ?? '') / 1000;
    return {
        reference: `the image ${image.reference}`,
        services: record?.services.map((name) => withSource(name, desired)),
        available: record?.available ?? [],
        files: image.contents ? filesOf(image.contents) : [],
        // The gateway that a node joins has an image of its own.
        version: isNode ? undefined : (0,_image_record_js__WEBPACK_IMPORTED_MODULE_4__/* .versionIn */ .It)(image.config),
        createdSeconds: Number.isNaN(created) ? undefined : created,
    };
}
/** What a server should show that runs what is checked out, as far as sources can say. */
function promiseOfCheckout(desired, offered) {
    const { services, available } = recordOf(desired);
    return {
        reference: 'the checkout',
        services: services.map((name) => withSource(name, desired)),
        available,
        files: [
            ..._tailchat_gateway_js__WEBPACK_IMPORTED_MODULE_5__/* .REGISTRY_PATHS */ .lo.map((path) => ({ path, times: TIMES })),
            ...offered.map((plugin) => ({ path: servedPath((0,_tailchat_gateway_js__WEBPACK_IMPORTED_MODULE_5__/* .bundlePath */ .EU)(plugin)), plugin, times: TIMES })),
        ],
        version: undefined,
        createdSeconds: undefined,
    };
}
/** Nothing is known of what the server should show: then it is only shown. */
const NO_PROMISE = {
    reference: undefined,
    services: undefined,
    available: [],
    files: [],
    version: undefined,
    createdSeconds: undefined,
};
function withSource(name, desired) {
    const found = desired && (0,_expected_js__WEBPACK_IMPORTED_MODULE_3__/* .expectedServices */ .z)(desired).expected.find((each) => each.name === name);
    if (!found)
        return { name };
    const { plugin, file, line } = found;
    return { name, plugin, file, ...(line !== undefined && { line }) };
}
/** Every file of a bundle, the first one several times; and the plugin registry files. */
function filesOf({ bundles, registrySha256 = {} }) {
    const registries = _tailchat_gateway_js__WEBPACK_IMPORTED_MODULE_5__/* .REGISTRY_PATHS */ .lo.flatMap((path) => {
        const sha256 = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(registrySha256, path.slice(1));
        return sha256 === undefined ? [] : [{ path, sha256, times: TIMES }];
    });
    const ofBundles = bundles.flatMap(({ name, files }) => files.flatMap(({ file, sha256 }) => {
        if (sha256 === undefined)
            return [];
        const path = servedPath(`/plugins/${name}/${file}`);
        return [{ path, plugin: name, sha256, times: file === 'index.js' ? TIMES : 1 }];
    }));
    return [...registries, ...ofBundles].slice(0, MAX_FILES);
}
function servedPath(path) {
    return path.split('/').map(encodeURIComponent).join('/');
}


/***/ }),

/***/ 7494:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ readLoaderModules)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2184);

/**
 * The modules that the web client hands to plugins: what a bundle may depend on. They are registered one by one in
 * client/web/src/plugin/loader.ts, and a fork may add to them.
 * @returns `undefined` where that file does not name them as literals
 */
function readLoaderModules(file) {
    const modules = [
        ...(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutComments */ .fx)(file.text).matchAll(/\breg(?:Dependency|SharedModule)\(\s*(['"`])([^'"`]+)\1/g),
    ].map((match) => match[2] ?? '');
    return modules.length > 0 ? new Set(modules) : undefined;
}


/***/ }),

/***/ 6749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deploy: () => (/* binding */ deploy),
  withDocker: () => (/* binding */ withDocker)
});

// EXTERNAL MODULE: ./.build/src/docker/docker.js
var docker_docker = __webpack_require__(4014);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
;// CONCATENATED MODULE: ./.build/src/docker/login.js






const LOGIN_SECONDS = 60;
/**
 * Runs `work` with the logins in a temporary Docker configuration directory, and removes that afterwards: they are
 * forgotten, and the user's own configuration is never written to. Without any, docker runs with the user's
 * configuration.
 * @param onDirectory receives the directory before the login is written, so that it can be removed if this process is
 *   killed
 */
async function withLogin(docker, { logins, onDirectory }, work) {
    if (logins.length === 0)
        return work(docker);
    const users = directoryOfUser();
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        onDirectory(directory);
        // docker looks up plugins such as buildx, contexts and builders there as well: they remain the user's.
        for (const name of ['cli-plugins', 'contexts', 'buildx'])
            if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(users, name)))
                (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(users, name), (0,external_node_path_.join)(directory, name));
        const config = configForLogins(readConfig((0,external_node_path_.join)(users, 'config.json')), logins);
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 });
        const own = { ...docker, env: { ...docker.env, DOCKER_CONFIG: directory } };
        for (const { registry, username, password } of logins) {
            const host = registry ? [registry] : [];
            await (0,docker_docker/* runDocker */.ST)(own, ['login', '--username', username, '--password-stdin', ...host], {
                input: password,
                timeoutSeconds: LOGIN_SECONDS,
            });
        }
        return work(own);
    });
}
/**
 * Returns the user's configuration, changed so that the logins are kept in the file itself: a credential
 * store of the machine would remember them after this run. Logins to other container registries remain usable.
 */
function configForLogins(config, logins) {
    const helpers = (0,json/* asObject */.eB)((0,json/* ownValue */.eC)(config, 'credHelpers')) ?? {};
    const own = logins.map(({ registry }) => [keyOf(registry), '']);
    return { ...config, credHelpers: { ...helpers, ...Object.fromEntries(own) } };
}
/** The names of Docker Hub, and the key under which the docker client keeps a login to it. */
const DOCKER_HUB_NAMES = ['', 'docker.io', 'index.docker.io', 'registry-1.docker.io'];
const DOCKER_HUB = 'https://index.docker.io/v1/';
function keyOf(registry) {
    return DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry;
}
/**
 * Tells whether the user's Docker configuration has a login to a container registry. What a credential store has can't be
 * told without running it, so a store counts as a login.
 * @param registry its host; empty: Docker Hub
 * @throws when the configuration can't be read
 */
function hasLogin(registry) {
    const config = readConfig(join(directoryOfUser(), 'config.json'));
    const keys = DOCKER_HUB_NAMES.includes(registry) ? [DOCKER_HUB, ...DOCKER_HUB_NAMES] : [registry];
    const knows = (field) => keys.some((key) => ownValue(ownValue(config, field), key));
    return knows('auths') || knows('credHelpers') || ownValue(config, 'credsStore') !== undefined;
}
function directoryOfUser() {
    return process.env['DOCKER_CONFIG'] ?? (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.docker');
}
function readConfig(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return {};
    const config = (0,json/* asObject */.eB)(JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8')));
    if (!config)
        throw new Error(`${path} is not a JSON object`);
    return config;
}

// EXTERNAL MODULE: ./.build/src/inputs/event.js
var inputs_event = __webpack_require__(2577);
// EXTERNAL MODULE: ./.build/src/image/build.js
var build = __webpack_require__(7309);
// EXTERNAL MODULE: ./.build/src/image/build-log.js
var build_log = __webpack_require__(9738);
// EXTERNAL MODULE: ./.build/src/image/plan.js + 1 modules
var image_plan = __webpack_require__(6685);
// EXTERNAL MODULE: ./.build/src/image/predecessor.js
var predecessor = __webpack_require__(3524);
// EXTERNAL MODULE: ./.build/src/image/tags.js
var tags = __webpack_require__(992);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/stages/prove.js
var prove = __webpack_require__(989);
// EXTERNAL MODULE: ./.build/src/docker/registry.js
var registry = __webpack_require__(6009);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
;// CONCATENATED MODULE: ./.build/src/image/removal.js
const LISTS = [
    ['plugin', 'plugins'],
    ['front end', 'bundles'],
    ['service', 'services'],
];
/** Returns what an image has and the one that replaces it lacks. */
function removalsBetween(before, after) {
    return LISTS.flatMap(([kind, list]) => {
        const kept = new Set(after[list]);
        return before[list].filter((name) => !kept.has(name)).map((name) => ({ kind, name }));
    });
}
/**
 * Returns why a deploy must stop: it leaves none, or less than half, of the present plugins, front ends or services. That is
 * usually a mistake, such as an empty directory.
 * @param allowed names that may go, or `all`; the name of a plugin covers its services too
 */
function reasonToKeep(before, removals, allowed) {
    if (allowed.includes('all'))
        return undefined;
    const names = new Set(allowed);
    for (const [kind, list] of LISTS) {
        const gone = removals.filter((removal) => removal.kind === kind);
        const had = before[list].length;
        if (gone.length * 2 <= had || gone.every((removal) => isAllowed(removal, names)))
            continue;
        if (gone.length < had)
            return `${gone.length} of ${had} ${kind}s`;
        return had === 1 ? `the only ${kind}` : `all ${had} ${kind}s`;
    }
    return undefined;
}
function isAllowed({ kind, name }, allowed) {
    return allowed.has(name) || (kind === 'service' && isServiceOf(name, allowed));
}
/** Tells whether a service belongs to one of these plugins: it is named `plugin:NAME` or `plugin:NAME.PART`. */
function isServiceOf(service, plugins) {
    if (!service.startsWith(PREFIX))
        return false;
    const parts = service.slice(PREFIX.length).split('.');
    return parts.some((_, index) => plugins.has(parts.slice(0, index + 1).join('.')));
}
const PREFIX = 'plugin:';

// EXTERNAL MODULE: ./.build/src/image/record.js
var image_record = __webpack_require__(6972);
// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __webpack_require__(3758);
// EXTERNAL MODULE: ./.build/src/proof/live-promise.js
var live_promise = __webpack_require__(1938);
// EXTERNAL MODULE: ./.build/src/rules/image.js
var rules_image = __webpack_require__(8330);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stages_stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/removal.js









/** Returns what the image of a strategy will record. */
function recordedBy(strategy, { workspace, desired }) {
    const node = 'node' in strategy ? strategy.node : undefined;
    const base = workspace.pluginsOnly && !node && 'base' in strategy ? strategy.base : undefined;
    const ofBase = base && (0,image_record/* readServiceRecord */.Jy)(base.labels);
    return {
        plugins: node ?? desired.plugins.map(({ plugin }) => plugin.name),
        // The gateway that a node joins serves the front ends.
        bundles: node ? [] : bundlesOf(desired),
        own: (0,live_promise/* recordOf */.zv)(desired),
        ofBase,
        baseUnknown: base !== undefined && ofBase === undefined,
    };
}
function bundlesOf(desired) {
    return (0,rules_image/* offered */.Ix)(desired).map(({ plugin }) => plugin.name);
}
/**
 * Reports what a deploy removes from the images that its tags point at now, and stops if that is more than half: before
 * minutes of building, and long before a tag moves.
 * @throws {StageError} when it would remove more than half, and `allow-removal` does not allow it
 */
async function removal({ inputs, record }, docker, { targets, recorded }) {
    const images = new Map(targets.flatMap(({ reference, before }) => (before === undefined ? [] : [[before, reference]])));
    const all = [];
    for (const [digest, reference] of images) {
        const before = (0,image_record/* readOffering */.PG)((await (0,registry/* labelsOf */.PC)(docker, `${(0,image_reference/* nameOf */.Vb)(reference)}@${digest}`)) ?? {});
        if (!before) {
            const unknown = `what this deploy removes from ${reference}: the image there records no plugins`;
            record({ notLookedAt: [unknown] });
            continue;
        }
        const removed = removalsBetween(before, after(before, recorded));
        if (removed.length === 0)
            continue;
        (0,lists/* append */.B)(all, removed.map((each) => ({ ...each, from: reference })));
        record({ removed: all, notes: [`This deploy removes from ${reference}: ${sentence(removed)}.`] });
        const reason = reasonToKeep(before, removed, inputs.allowRemoval);
        if (reason === undefined)
            continue;
        const names = (0,wording/* listed */.KE)([...new Set(withoutCovered(removed))], FEW);
        throw new stages_stage/* StageError */.Zu('removal', `it would remove ${reason} from ${reference} (${names}); no tag was moved. If that is intended, set allow-removal to these names, or to all`);
    }
}
/** The names to allow: the name of a plugin covers its services. */
function withoutCovered(removed) {
    const gone = new Set(removed.flatMap(({ kind, name }) => (kind === 'plugin' ? name : [])));
    return removed.flatMap(({ kind, name }) => (kind === 'service' && isServiceOf(name, gone) ? [] : name));
}
const FEW = 10;
/** More than anyone reads; the report has all of them. */
const MANY = 50;
/** What the new image will have; services that its base does not record are assumed to stay. */
function after(before, { plugins, bundles, own, ofBase, baseUnknown }) {
    const known = new Set(before.plugins);
    const others = before.services.filter((name) => !isServiceOf(name, known));
    return {
        plugins,
        bundles,
        services: [...own.services, ...(ofBase?.services ?? []), ...(baseUnknown ? others : [])],
    };
}
function sentence(removed) {
    const kinds = [...new Set(removed.map(({ kind }) => kind))];
    return kinds
        .map((kind) => {
        const names = removed.filter((each) => each.kind === kind).map(({ name }) => name);
        return `${names.length === 1 ? `the ${kind}` : `${kind}s`} ${(0,wording/* listed */.KE)(names, MANY)}`;
    })
        .join('; ');
}

// EXTERNAL MODULE: ./.build/src/lib/files.js
var lib_files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/registrations/install-list.js
var install_list = __webpack_require__(3742);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(495);
// EXTERNAL MODULE: ./.build/src/image/base.js
var image_base = __webpack_require__(4052);
// EXTERNAL MODULE: ./.build/src/registrations/builtin.js
var builtin = __webpack_require__(7129);
// EXTERNAL MODULE: ./.build/src/registrations/install-list-edit.js
var install_list_edit = __webpack_require__(9731);
// EXTERNAL MODULE: ./.build/src/lib/text-edits.js
var text_edits = __webpack_require__(5052);
// EXTERNAL MODULE: ./.build/src/formats/typescript.js
var typescript = __webpack_require__(7121);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/image/sources.js
var image_sources = __webpack_require__(7307);
// EXTERNAL MODULE: ./.build/src/image/lockfile-change.js
var lockfile_change = __webpack_require__(7697);
;// CONCATENATED MODULE: ./.build/src/image/changes.js












/**
 * Finds what changed between a commit and the working tree.
 * @param sources the hash that the image which names the commit records over its plugins; untrusted, may be empty
 * @param ownFiles files that the action reads or writes itself, such as the declarations: they are left out
 */
async function changesSince(workspace, { revision, sources, ownFiles }) {
    const difference = await (0,git/* differenceFrom */.mX)(workspace.root, revision);
    if ('unknown' in difference)
        return difference;
    if (sources && sources !== (await (0,image_sources/* sourcesOf */.u0)(workspace.root, revision)))
        return {
            unknown: `the base image names commit ${revision.slice(0, 12)}, but the plugins it records (label ${image_sources/* SOURCES_LABEL */.Ou}) are not those of that commit`,
        };
    const changes = { plugins: [], elsewhere: [], builtin: [], native: [] };
    for (const path of difference.paths) {
        const plugin = (0,layout/* pluginOf */.$s)(path);
        if (plugin !== undefined)
            changes.plugins.push(plugin);
        else if (path === layout/* layout */.Zp.registryJson || ownFiles.includes(path))
            continue;
        else if (REGISTRATIONS.includes(path))
            await addRegistration(changes, path, {
                before: (await (0,git/* textInCommit */.uo)(workspace.root, revision, path)) ?? '',
                now: (0,lib_files/* repositoryText */.g_)(workspace.root, path) ?? '',
            });
        else if (reachesImage(workspace, path))
            changes.elsewhere.push(path);
    }
    return { ...changes, plugins: [...new Set(changes.plugins)] };
}
/** Files that register plugins, among other things. */
const REGISTRATIONS = [...install_list/* installListFiles */.zc, layout/* layout */.Zp.pnpmLock, layout/* layout */.Zp.builtinTs];
async function addRegistration(changes, path, { before, now }) {
    if (path === layout/* layout */.Zp.builtinTs)
        (0,lists/* append */.B)(changes.builtin, await builtinChanges(before, now));
    else if (install_list/* installListFiles */.zc.includes(path)) {
        const [was, is] = [before, now].map((text) => withoutInstalledNames({ path, text }));
        if (was?.text !== is?.text)
            changes.elsewhere.push(was?.hasList || is?.hasList ? `${path} (more than the names behind plugin:install)` : path);
    }
    else {
        const reason = (0,lockfile_change/* lockfileChange */.g5)(before, now, (directory) => (0,layout/* pluginOf */.$s)(`${directory}/`) !== undefined);
        if (reason !== undefined)
            changes.elsewhere.push(`${path} (${reason})`);
        (0,lists/* append */.B)(changes.native, (0,lockfile_change/* nativePackagesAdded */.dR)(before, now));
    }
}
/** Tells whether a file can change what the image does. Files about the repository are copied too, but nothing reads them. */
function reachesImage({ dockerIgnore }, path) {
    if (/^(?:\.github|\.husky|\.vscode|\.changeset)\//.test(path) || /^[^/]*\.md$/.test(path))
        return false;
    if (/^(?:docker-compose[^/]*|LICENSE[^/]*|\.git(?:ignore|attributes))$/.test(path))
        return false;
    if (/^(?:client\/web|server)\/plugins\/[^/]*$/.test(path))
        return false;
    return !dockerIgnore?.keepsOut(path);
}
/** Returns the text of a file without the names of installed plugins; of a package.json, also without its formatting. */
function withoutInstalledNames(file) {
    const lists = (0,install_list/* installListsIn */.wG)(file);
    const bare = (0,text_edits/* applyEdits */.ct)(file.text, lists.flatMap((list) => (0,install_list_edit/* removeInstallNames */.Mt)(list, () => true)));
    const value = file.path === layout/* layout */.Zp.dockerfile ? undefined : (0,json/* parseJson */.qF)({ ...file, text: bare }).value;
    // The text from the commit is the output of git, which comes without its last line break.
    return { text: JSON.stringify((0,json/* asObject */.eB)(value)) ?? bare.trimEnd(), hasList: lists.length > 0 };
}
async function builtinChanges(before, now) {
    const parse = await (0,typescript/* loadTypeScriptParser */.xU)();
    const read = (text) => {
        const list = (0,builtin/* readBuiltinList */.U)(parse, { path: layout/* layout */.Zp.builtinTs, text });
        if (!list.understood)
            return undefined;
        const entries = new Map(list.entries.map(({ name, start, end }, index) => [
            name ?? `entry ${index + 1}`,
            text.slice(start, end),
        ]));
        return { entries, around: (text.slice(0, list.open) + text.slice(list.close)).trimEnd() };
    };
    const was = read(before);
    const is = read(now);
    if (!was || !is)
        return ['builtin.ts itself'];
    const names = new Set([...was.entries.keys(), ...is.entries.keys()]);
    const changed = [...names].filter((name) => was.entries.get(name) !== is.entries.get(name));
    return was.around === is.around ? changed : [...changed, 'builtin.ts itself'];
}

// EXTERNAL MODULE: ./.build/src/image/node.js
var image_node = __webpack_require__(361);
// EXTERNAL MODULE: ./.build/src/image/overlay.js
var image_overlay = __webpack_require__(765);
// EXTERNAL MODULE: ./.build/src/image/overlay-context.js
var overlay_context = __webpack_require__(7955);
;// CONCATENATED MODULE: ./.build/src/image/version.js




/**
 * Calls `work` with a Dockerfile whose last line sets the gateway's version. As a build argument the version would come
 * before the installation in Tailchat's Dockerfile, so every commit would install everything again. A version among
 * the build arguments is kept.
 */
async function withVersion(plan, version, work) {
    const instruction = (0,image_record/* versionInstruction */.V4)(version);
    if (instruction === '' || plan.buildArgs.some((argument) => argument.startsWith('VERSION=')))
        return work(plan);
    return (0,temporary/* withTemporaryDirectory */.n)((directory) => {
        const dockerfile = (0,external_node_path_.join)(directory, (0,external_node_path_.basename)(plan.dockerfile));
        (0,external_node_fs_.writeFileSync)(dockerfile, withLastLine((0,external_node_fs_.readFileSync)(plan.dockerfile, 'utf8'), instruction));
        const ignore = `${plan.dockerfile}.dockerignore`;
        if ((0,external_node_fs_.existsSync)(ignore))
            (0,external_node_fs_.copyFileSync)(ignore, `${dockerfile}.dockerignore`);
        return work({ ...plan, dockerfile });
    });
}
/** Appends an instruction to a Dockerfile, unless a continued last line would swallow it. */
function withLastLine(text, instruction) {
    return /[\\`]\s*$/.test(text) ? text : `${text}\n${instruction}`;
}

// EXTERNAL MODULE: ./.build/src/image/strategy.js
var strategy = __webpack_require__(6960);
;// CONCATENATED MODULE: ./.build/src/stages/strategy.js















/**
 * Reads the base image and what changed since, and chooses how the image is built.
 * @throws when the wanted strategy can't be used, with what to do
 */
async function chooseStrategy(docker, { image }, { workspace, declarations, plan }) {
    const facts = {
        asked: image.strategy,
        pluginsOnly: workspace.pluginsOnly,
        base: undefined,
        platforms: image.platforms,
        changes: { unknown: 'the base image names no commit (label org.opencontainers.image.revision)' },
        builtinWanted: plan.blocked.filter(({ place }) => place === 'builtin').map(({ plugin }) => plugin),
    };
    if (image.strategy === 'full' || image.baseImage === '')
        return (0,strategy/* decideStrategy */.k)(facts);
    const base = await (0,image_base/* findBaseImage */.A3)(docker, image.baseImage).catch((error) => ({
        missing: (0,wording/* messageOf */.bD)(error),
    }));
    const labels = 'labels' in base ? base.labels : {};
    const revision = labels[image_base/* REVISION_LABEL */.P1];
    if (revision === undefined || workspace.pluginsOnly)
        return (0,strategy/* decideStrategy */.k)({ ...facts, base });
    const ownFiles = declarations.file === undefined ? [] : [declarations.file];
    const changes = await changesSince(workspace, { revision, sources: labels[image_sources/* SOURCES_LABEL */.Ou], ownFiles });
    return (0,strategy/* decideStrategy */.k)({ ...facts, base, changes });
}
/** Calls `work` with the build of the chosen strategy; files that it needs beyond the repository are removed afterwards. */
async function withBuildFiles(inputs, { plan, strategy, examined: { workspace, desired } }, work) {
    const version = plan.labels[image_base/* REVISION_LABEL */.P1];
    const recorded = recordedBy(strategy, { workspace, desired });
    const labels = {
        ...plan.labels,
        ...(0,image_record/* serviceLabels */.PW)(recorded.own, recorded.ofBase),
        ...(0,image_record/* offeringLabels */.w7)(recorded),
    };
    if (strategy.strategy === 'full') {
        (0,image_plan/* requireBuildFiles */.T6)(inputs, workspace.root);
        return withVersion({ ...plan, labels, rewriteTimestamps: true }, version, work);
    }
    const { base, changed, node } = strategy;
    const { appDir } = inputs.image;
    const secrets = (0,image_overlay/* secretIds */.bT)(inputs.image.buildSecrets);
    const overlay = node
        ? (0,image_overlay/* planNode */.wg)(desired.plugins.filter(({ plugin }) => node.includes(plugin.name)))
        : (0,image_overlay/* planOverlay */.uB)(desired.plugins, changed, workspace.pluginsOnly ? undefined : registrationFiles(workspace));
    const text = (path) => (0,lib_files/* repositoryText */.g_)(workspace.root, path);
    const builtin = changed || node || workspace.pluginsOnly ? undefined : text(layout/* layout */.Zp.builtinTs);
    const files = {
        root: workspace.root,
        dockerfile: node
            ? (0,image_overlay/* nodeDockerfile */.fE)(base, secrets, { appDir, plugins: node })
            : (0,image_overlay/* overlayDockerfile */.l6)(base, secrets, version),
        plan: {
            ...overlay,
            ...(node && { node: { runner: (0,image_node/* runnerPath */.Mf)(appDir) } }),
            appDir,
            epochSeconds: plan.epochSeconds,
            ...(builtin !== undefined && { builtin }),
        },
        plugins: workspace.plugins,
        // In a repository of plugins, both belong to that repository and not to the image.
        lockfile: workspace.pluginsOnly ? undefined : text(layout/* layout */.Zp.pnpmLock),
        dockerIgnore: workspace.pluginsOnly ? undefined : workspace.dockerIgnore?.text,
    };
    const brought = overlay.plugins.filter(({ changed }) => changed).map(({ name }) => name);
    return (0,overlay_context/* withOverlayContext */.i)(files, (context) => work({
        ...plan,
        ...context,
        labels: { ...labels, ...(0,image_base/* overlayLabels */.K2)(base, brought), ...(node && { [image_node/* AS_LABEL */.W_]: 'node' }) },
        // They are for the repository's own Dockerfile.
        buildArgs: [],
        options: { ...inputs.image.options, target: '', ssh: [] },
    }));
}
/** Reads the registration files from disk, with the edits of this run. */
function registrationFiles(workspace) {
    const lists = (0,install_list/* readInstallLists */.bJ)((path) => {
        const text = (0,lib_files/* repositoryText */.g_)(workspace.root, path);
        return text === undefined ? undefined : { path, text };
    });
    return {
        registry: (0,lib_files/* repositoryText */.g_)(workspace.root, layout/* layout */.Zp.registryJson) ?? '[]\n',
        installed: lists.flatMap(({ names }) => names.map(({ name }) => name)),
    };
}

// EXTERNAL MODULE: ./.build/src/stages/tags.js
var stages_tags = __webpack_require__(2270);
;// CONCATENATED MODULE: ./.build/src/stages/deploy.js















/**
 * Builds the image, proves it, and only then moves its tags.
 * @param published a commit that holds the working tree as it is, where publishing made one
 * @throws {StageError} when a stage fails
 */
async function deploy(run, examined, published) {
    const { inputs, surroundings, stage, record } = run;
    const { workspace } = examined;
    if ((0,report/* hasFailingFindings */.PS)(examined.findings.open, inputs))
        throw new stages_stage/* StageError */.Zu('rules', 'nothing was built: fix the findings first');
    const plan = await stage('prepare', () => (0,image_plan/* planBuild */.C7)(inputs, { root: workspace.root, event: surroundings.event, published }));
    record({ notes: plan.notes });
    await withDocker(run, async (docker) => {
        const { chooseNode, writeFragments } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(298)]).then(__webpack_require__.bind(__webpack_require__, 1298));
        const strategy = await stage('strategy', () => inputs.as === 'node'
            ? chooseNode(docker, run, { plan, examined })
            : chooseStrategy(docker, inputs, examined));
        const node = 'node' in strategy && strategy.node
            ? { plugins: strategy.node, base: strategy.base.reference }
            : undefined;
        record({
            strategy: strategy.strategy,
            notes: [`Strategy ${strategy.strategy}: ${strategy.reason}.`],
        });
        // Read before minutes of building, to notice a container registry that does not answer.
        const targets = await stage('tags', () => targetsOf(run, docker, plan.references));
        await stage('removal', () => removal(run, docker, { targets, recorded: recordedBy(strategy, examined) }));
        const stack = await requireProofTools(run, docker, { root: workspace.root, node });
        if (inputs.dryRun) {
            const references = plan.references.join(', ') || 'no tag';
            record({ notes: [`Dry run: would build, prove, and then move ${references}.`] });
            return;
        }
        const current = await stage('tags', () => (0,predecessor/* currentImage */.NP)(docker, targets));
        const earlier = (0,inputs_event/* changeOf */.C2)(surroundings.event) && earlierImage(strategy, current);
        const built = await withStackPulled(docker, { stack, isStock: inputs.boot.composeFile === '' }, async (pulled) => {
            const built = await deploy_build(run, docker, { plan, strategy, examined, current });
            await proveFully(run, docker, { ...built, examined, node, earlier, pulled });
            return built;
        });
        const tagged = plan.references.length === 0
            ? built.reported
            : await stage('tags', async () => 
            // Read again: another run may have moved them during the build.
            (0,stages_tags/* tags */._)(run, docker, { ...built, targets: await (0,tags/* readTargets */.R0)(docker, plan.references) }));
        if (node)
            writeFragments(run, workspace.root, { plugins: node.plugins, image: tagged, stack });
    });
}
/** Fails before minutes of building when the stack or a required browser can't be used. */
async function requireProofTools(run, docker, { root, node }) {
    const { inputs, stage } = run;
    const { chooseStack } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(564), __webpack_require__.e(330)]).then(__webpack_require__.bind(__webpack_require__, 1330));
    const stack = inputs.verify === 'boot'
        ? await stage('boot', () => chooseStack(docker, inputs, { root, node }))
        : undefined;
    // A node has no front end.
    if (node)
        return stack;
    const { requireBrowser } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(654)]).then(__webpack_require__.bind(__webpack_require__, 3654));
    await stage('browser', () => requireBrowser(run));
    return stack;
}
/** Reads where the tags point now. A dry run goes on without: it may have no login, and moves nothing. */
async function targetsOf({ inputs, record }, docker, references) {
    try {
        return await (0,tags/* readTargets */.R0)(docker, references);
    }
    catch (error) {
        if (!inputs.dryRun)
            throw error;
        record({ notLookedAt: [`what this deploy removes from its tags (${(0,wording/* messageOf */.bD)(error)})`] });
        return [];
    }
}
/**
 * Calls `work` while the engine pulls the other images of the stack, and stops the pull when `work` ends.
 * @param stack `undefined`: nothing is pulled
 */
async function withStackPulled(docker, { stack, isStock }, work) {
    if (!stack)
        return work(Promise.resolve());
    const { pullStack } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(564)]).then(__webpack_require__.bind(__webpack_require__, 9564));
    const end = new AbortController();
    const pulled = pullStack(docker, { ...stack, isStock }, end.signal);
    // Its failure counts only when it is awaited: if the build fails first, that is what is reported.
    pulled.catch(() => undefined);
    try {
        return await work(pulled);
    }
    finally {
        end.abort();
    }
}
/** Proves a built image as `verify` and `browser` ask for. */
async function proveFully(run, docker, { image, buildLog, examined, node, earlier, pulled, }) {
    const { inputs, stage, record } = run;
    if (inputs.verify === 'none')
        record({ notes: ['The services of the image were not proven: verify is none.'] });
    const proven = inputs.verify === 'none'
        ? undefined
        : await stage('prove', () => (0,prove/* prove */.zn)(run, docker, { image, buildLog, examined, node: node?.plugins }));
    const { browser } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(654)]).then(__webpack_require__.bind(__webpack_require__, 3654));
    const before = proven?.findings ?? examined.findings;
    const findings = node
        ? before
        : await stage('browser', () => browser(run, docker, { image, examined, before, earlier }));
    if (!proven || inputs.verify !== 'boot')
        return;
    const { boot, promiseOfNode, promiseOfSources } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(564), __webpack_require__.e(330)]).then(__webpack_require__.bind(__webpack_require__, 1330));
    const promise = (node ? promiseOfNode : promiseOfSources)(examined, proven);
    const source = { root: examined.workspace.root, declarations: examined.declarations };
    await stage('boot', async () => {
        await pulled;
        await boot(run, docker, { image, proven: { ...proven, findings }, promise, source, node });
    });
}
/** Returns the image that this one replaces: the one at the tags, else the one that an overlay goes on. */
function earlierImage(strategy, current) {
    if (current)
        return current.reference;
    return strategy.strategy === 'overlay' ? strategy.base.reference : undefined;
}
/** Calls `work` with docker as the inputs set it up, and with a login that is removed afterwards. */
async function withDocker({ inputs, surroundings }, work) {
    const { log, retryDelays = docker_docker/* RETRY_DELAYS */.E0, onLogin = () => undefined, onContainer = () => undefined, } = surroundings;
    const docker = {
        env: {},
        onLine: log,
        builder: inputs.image.builder,
        retryDelays,
        registrySeconds: docker_docker/* REGISTRY_SECONDS */.Q9,
        onContainer,
    };
    await withLogin(docker, { logins: inputs.image.logins, onDirectory: onLogin }, work);
}
async function deploy_build({ inputs, stage, record }, docker, { plan, strategy, examined, current, }) {
    const buildLog = [];
    const keeping = (line) => {
        buildLog.push(line);
        docker.onLine(line);
    };
    const image = await stage('image', () => withBuildFiles(inputs, { plan: plan.plan, strategy, examined }, (buildPlan) => (0,build/* buildImage */._w)({ ...docker, onLine: keeping }, buildPlan, { names: plan.names, current })));
    const reported = {
        name: image.pushed ? (plan.names[0] ?? '') : '',
        digest: image.digest,
        tags: [],
        platforms: plan.plan.platforms,
    };
    record({ notes: (0,build_log/* cacheProblems */.J)(buildLog), image: reported });
    return { image, buildLog, reported };
}


/***/ }),

/***/ 989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D_: () => (/* binding */ proveByItself),
/* harmony export */   eW: () => (/* binding */ offeredPlugins),
/* harmony export */   zn: () => (/* binding */ prove)
/* harmony export */ });
/* harmony import */ var _image_build_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7309);
/* harmony import */ var _image_build_log_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9738);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5312);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1067);
/* harmony import */ var _proof_compare_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7998);
/* harmony import */ var _registrations_install_list_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3742);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7154);
/* harmony import */ var _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9152);
/* harmony import */ var _rules_findings_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5501);
/* harmony import */ var _source_loader_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7494);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(495);
/* harmony import */ var _workspace_deployment_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1442);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9573);













/** Proves that a built image holds and loads what its sources promise, and stops when it does not. */
async function prove(run, docker, { image, buildLog, examined, node, }) {
    const { workspace, declarations, desired, services } = examined;
    docker.onLine(`Proving ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_11__/* .plural */ .LS)(services.expected.length, 'service')} in ${image.reference}`);
    const probe = await loadServices(run, docker, { image, node });
    const proof = (0,_proof_compare_js__WEBPACK_IMPORTED_MODULE_2__/* .compareServices */ .K)(services, probe, (0,_workspace_deployment_js__WEBPACK_IMPORTED_MODULE_9__/* .providedVariables */ .VV)(workspace));
    run.record({ services: proof.rows });
    const source = { root: workspace.root, declarations };
    const contents = {
        desired,
        // A node serves nothing: the gateway of the base image does.
        contents: node ? undefined : probe.contents,
        installListFile: (0,_registrations_install_list_js__WEBPACK_IMPORTED_MODULE_3__/* .installListFile */ .e5)(workspace.installLists),
        loaderModules: loaderModulesOf(workspace),
        printed: (0,_image_build_log_js__WEBPACK_IMPORTED_MODULE_12__/* .printedErrors */ .Y)(buildLog),
    };
    const ofImage = (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_6__/* .joinFindings */ .pZ)((0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_6__/* .findings */ .Pg)(_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_5__/* .catalogue */ .sW.proof, proof, source), (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_6__/* .findings */ .Pg)(_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_5__/* .catalogue */ .sW.image, contents, source));
    const all = (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_6__/* .joinFindings */ .pZ)(withoutForeseen(examined.findings, ofImage), ofImage);
    run.record({ findings: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .reportFindings */ .LH)(all.open), accepted: [...all.accepted] });
    const proven = { probe, services: proof.rows, findings: all };
    requireLoaded(run, proven);
    return proven;
}
/**
 * Proves an image without its sources: each service file loads under a name of its own, the server's configuration
 * exists, and each plugin in the image that it offers has a bundle.
 */
async function proveByItself(run, docker, image) {
    docker.onLine(`Proving every service in ${image.reference}`);
    const probe = await loadServices(run, docker, { image });
    const services = (0,_proof_compare_js__WEBPACK_IMPORTED_MODULE_2__/* .compareWithItself */ .fQ)(probe);
    run.record({ services });
    const proven = { probe, services, findings: _rules_findings_js__WEBPACK_IMPORTED_MODULE_6__/* .noFindings */ ._I };
    requireLoaded(run, proven);
    const faults = probe.contents ? faultsOf(probe.contents) : [];
    if (faults.length > 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('proof', `${faults.join('; ')}; no tag was moved`);
    return proven;
}
/** Loads every service of an image in the image itself; of a node, only those that it loads. */
async function loadServices({ inputs, stage }, docker, { image, node }) {
    // The schema library of the probe's result is only loaded when there is one.
    const { loadServicesInImage } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(393)]).then(__webpack_require__.bind(__webpack_require__, 4393));
    const { reference } = image;
    if (image.pushed)
        await stage('pull', () => (0,_image_build_js__WEBPACK_IMPORTED_MODULE_0__/* .pullImage */ .ZP)(docker, reference));
    const { appDir } = inputs.image;
    return stage('proof', () => loadServicesInImage({ docker, reference, appDir }, node));
}
/** Drops the findings about the sources that a finding about the image confirms: one of the two is enough. */
function withoutForeseen({ open, accepted }, ofImage) {
    const rules = new Map((0,_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_5__/* .allRules */ .V7)().map(({ id, foreseenBy }) => [id, foreseenBy]));
    const isSeen = (rule, file) => ofImage.open.some((seen) => seen.file === file && rules.get(seen.rule) === rule);
    return { open: open.filter(({ rule, file }) => !isSeen(rule, file)), accepted };
}
/** Stops before any tag moves when the image does not load the expected services. */
function requireLoaded({ inputs }, { probe, services, findings }) {
    if (!probe.finished && !probe.loading)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('proof', `the probe could not start: ${probe.error?.message ?? 'it printed nothing'}; is app-dir ${inputs.image.appDir} right? No tag was moved`);
    const expected = services.filter((row) => row.expected);
    const missing = expected.filter((row) => !row.loaded).map(({ name }) => name);
    if (missing.length > 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('proof', `the image does not load ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_11__/* .listed */ .KE)(missing)} (${missing.length} of ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_11__/* .plural */ .LS)(expected.length, 'service')}); no tag was moved`);
    if (!probe.finished)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('proof', `the process that loads services died or hung at ${probe.loading}; no tag was moved`);
    if ((0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .hasFailingFindings */ .PS)(findings.open, inputs))
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('proof', 'the image has the faults in the findings; no tag was moved');
}
function loaderModulesOf({ root }) {
    const text = (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryText */ .g_)(root, _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_8__/* .layout */ .Zp.loaderTs);
    return text === undefined ? undefined : (0,_source_loader_js__WEBPACK_IMPORTED_MODULE_7__/* .readLoaderModules */ .T)({ path: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_8__/* .layout */ .Zp.loaderTs, text });
}
/** Returns what a server with these contents could not serve. */
function faultsOf(contents) {
    const { serverConfig, bundles } = contents;
    const isDefined = (plugin) => bundles.some(({ name, files }) => name === plugin && files.some(({ file, id }) => file === 'index.js' && id === `@plugins/${plugin}`));
    return [
        ...(serverConfig ? [] : ['the image has no server/dist/moleculer.config.js, so its server cannot start']),
        ...offeredPlugins(contents)
            .filter((name) => !isDefined(name))
            .map((name) => `the image offers ${name}, but its plugins/${name}/index.js is missing or belongs to another plugin`),
    ];
}
/** Returns the plugins that an image both offers and contains. */
function offeredPlugins({ registry, backendRegistry, bundles }) {
    const offered = [
        ...(backendRegistry ?? []),
        // A plugin in registry.json that is hosted elsewhere has no directory.
        ...(registry ?? []).filter((name) => bundles.some((bundle) => bundle.name === name)),
    ];
    return [...new Set(offered)];
}


/***/ }),

/***/ 2270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ tags)
/* harmony export */ });
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6137);
/* harmony import */ var _image_build_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7309);
/* harmony import */ var _image_tags_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(992);



/**
 * Moves the tags to an image, and records after each where it points now.
 * @returns the image as the report has it then
 * @throws {TagsError} when a tag could not be moved
 */
async function tags({ record }, docker, { image, targets, reported }) {
    const moved = new Map();
    let now = withPredecessors(reported, targets);
    record({ image: now });
    const point = async (reference) => {
        const at = targets.find((target) => target.reference === reference)?.before;
        return at === image.digest ? at : (0,_image_build_js__WEBPACK_IMPORTED_MODULE_0__/* .publishTag */ .qC)(docker, image, reference);
    };
    const onMoved = (reference, digest) => {
        if (digest === undefined)
            moved.delete(reference);
        else
            moved.set(reference, digest);
        now = withTags(now, targets, moved);
        record({ image: now });
    };
    await (0,_image_tags_js__WEBPACK_IMPORTED_MODULE_1__/* .moveTags */ .Fu)(docker, targets, { point, onMoved });
    return now;
}
/** Returns the image with the digests that its tags pointed at before. */
function withPredecessors(image, targets) {
    const previous = (0,_image_tags_js__WEBPACK_IMPORTED_MODULE_1__/* .digestBefore */ .oU)(targets);
    const digests = targets.flatMap(({ reference, before }) => before === undefined ? [] : [[reference, before]]);
    return {
        ...image,
        ...(previous !== undefined && { previousDigest: previous }),
        previousDigests: Object.fromEntries(digests),
    };
}
/** Returns the image with the tags that were moved, named after the first of them. */
function withTags(image, targets, moved) {
    const tags = targets.map(({ reference }) => reference).filter((each) => moved.has(each));
    const [first] = tags;
    if (first === undefined)
        return { ...image, tags };
    return { ...image, tags, name: (0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(first), digest: moved.get(first) ?? image.digest };
}


/***/ })

};
