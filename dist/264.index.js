export const id = 264;
export const ids = [264,590];
export const modules = {

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

/***/ 7571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   He: () => (/* binding */ whyNoBase),
/* harmony export */   _l: () => (/* binding */ baseSince),
/* harmony export */   o1: () => (/* binding */ withBaseTree),
/* harmony export */   pr: () => (/* binding */ baseOfPullRequest)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5908);
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9779);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4248);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1067);






/** The size limit of files of plugins (lib/files.ts). */
const MAX_BYTES = 4 * 1024 * 1024;
/** The files that the reading of a plugin opens: no bundles, images or documents, unless they are named. */
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/;
/**
 * Returns the commit to compare with for a revision that a person named: where the checked-out branch left it.
 * @param revision a branch, tag or commit
 */
async function baseSince(root, revision) {
    const named = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .commitNamed */ .vj)(root, revision);
    if (named === undefined)
        return { unknown: `${JSON.stringify(revision)} names no commit of this clone` };
    return { commit: (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeBase */ .wu)(root, 'HEAD', named)) ?? named };
}
/**
 * Returns the commit to compare a pull request with: where its branch left the base branch, so that later changes of the
 * base are no difference. Only the checkout is read; nothing is fetched.
 */
async function baseOfPullRequest(root, event, { number, baseSha }) {
    const head = (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .readCommit */ .kN)(root))?.sha;
    if (head === undefined)
        return { unknown: 'there is no git checkout' };
    // GitHub runs a pull request on a merge commit that it created; its first parent is the base branch.
    if (head === event.sha && event.ref === `refs/pull/${number}/merge`) {
        const [, base, topic] = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .commitsOf */ .g3)(root, head);
        return base !== undefined && topic !== undefined
            ? { commit: base }
            : { unknown: 'the base commit is not in this shallow clone: check out with `fetch-depth: 2`' };
    }
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(baseSha))
        return { unknown: 'the event does not name the base commit' };
    const base = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeBase */ .wu)(root, head, baseSha);
    if (base === undefined)
        return {
            unknown: (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .isShallow */ .fE)(root))
                ? `what ${baseSha} has in common with the checked-out commit is not in this shallow clone: check out with \`fetch-depth: 0\``
                : `${baseSha} has nothing in common with the checked-out commit`,
        };
    if (base === head)
        return {
            unknown: 'the checkout is part of the base branch, and does not hold the changes of the pull request',
        };
    return { commit: base };
}
/** The limit of what is written; more is no repository of Tailchat. */
const MAX_TOTAL_BYTES = 500_000_000;
const MAX_TOTAL_FILES = 50_000;
/**
 * Calls `work` with files of a commit. Git itself writes them, and refuses paths that lead out of the directory;
 * symbolic links are left out. The working tree and the index stay as they are.
 * @throws {CommandError} when git can't write them
 */
async function withBaseTree(root, { commit, roots, isWanted }, work) {
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_4__/* .withTemporaryDirectory */ .n)(async (temporary) => {
        const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporary, 'tree');
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(directory);
        const apart = {
            cwd: directory,
            workTree: directory,
            env: { GIT_INDEX_FILE: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporary, 'index') },
        };
        const list = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(root, ['ls-tree', '-r', '-l', '-z', commit, '--', ...roots]);
        const left = [];
        const taken = [];
        let bytes = 0;
        for (const { mode, object, size, path } of entriesOf(list)) {
            if (!isWanted(path))
                continue;
            // Git does not write these, and does not say so.
            if (path.split('/').some((part) => /^(?:\.{0,2}|\.git)$/i.test(part)))
                left.push({ path, reason: 'has a name that no checkout takes' });
            else if (!mode.startsWith('100'))
                left.push({ path, reason: 'is a link' });
            else if (roots.length > 0 && !READ.test(path) && !roots.includes(path))
                continue;
            // Git shows no size for a file that a clone with a filter lacks.
            else if (Number.isNaN(size))
                throw new _lib_command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Qd({
                    command: 'git',
                    exitCode: undefined,
                    lastLines: [],
                    outcome: `${path} is not in this clone`,
                });
            else if (size > MAX_BYTES)
                left.push({ path, reason: `has ${size} bytes` });
            else {
                taken.push(`${mode} ${object}\t${path}\0`);
                bytes += size;
                if (bytes > MAX_TOTAL_BYTES || taken.length > MAX_TOTAL_FILES)
                    throw new Error(`it has more than ${MAX_TOTAL_FILES} files or ${MAX_TOTAL_BYTES} bytes`);
            }
        }
        await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(root, ['update-index', '-z', '--index-info'], { ...apart, input: taken.join('') });
        await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(root, ['-c', 'core.symlinks=false', 'checkout-index', '--all', '--quiet'], apart);
        return work({ directory, left });
    });
}
function entriesOf(list) {
    return list.split('\0').flatMap((line) => {
        const [, mode, object, size, path] = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-|BAD)\t([^]+)$/.exec(line) ?? [];
        if (mode === undefined || object === undefined || path === undefined)
            return [];
        return [{ mode, object, size: Number(size), path }];
    });
}
/** Returns in a clause why the base could not be read. */
function whyNoBase(error) {
    if (!(error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Qd))
        return `the base commit cannot be read: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_5__/* .messageOf */ .bD)(error)}`;
    const line = error.lastLines.findLast((each) => each.trim() !== '') ?? error.outcome;
    return `git cannot give the files of the base commit (${line}): check out with \`fetch-depth: 0\` and without a filter`;
}


/***/ }),

/***/ 4117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ privilegesOfPullRequest),
/* harmony export */   p: () => (/* binding */ privilegesBetween)
/* harmony export */ });
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9779);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(495);
/* harmony import */ var _workspace_read_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4320);
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7571);
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3601);
/* harmony import */ var _privileges_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3988);






/** Compares what plugins may do with what they could do at the base of a change. */
async function privilegesOfPullRequest(head, { base, declarationsIn }) {
    const { root } = head.workspace;
    if ('unknown' in base)
        return base;
    try {
        const difference = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_0__/* .differenceFrom */ .mX)(root, base.commit);
        if ('unknown' in difference)
            return difference;
        const changed = new Set(difference.paths.flatMap((path) => (0,_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .pluginOf */ .$s)(path, head.workspace) ?? []));
        const { file } = head.declarations;
        const files = [_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.builtinTs, ...(file === undefined ? [] : [file])];
        const wanted = {
            commit: base.commit,
            roots: [...(0,_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .pluginParents */ .ZX)(head.workspace.pluginsOnly), ...files],
            isWanted: (path) => files.includes(path) || changed.has((0,_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .pluginOf */ .$s)(path, head.workspace) ?? ''),
        };
        return await (0,_base_js__WEBPACK_IMPORTED_MODULE_3__/* .withBaseTree */ .o1)(root, wanted, async (tree) => {
            const workspace = await (0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_2__/* .readWorkspace */ .i)(tree.directory);
            const before = { workspace, declarations: await declarationsIn(workspace) };
            return { base: base.commit, plugins: compareSides(before, head, { changed, left: tree.left }) };
        });
    }
    catch (error) {
        return { unknown: (0,_base_js__WEBPACK_IMPORTED_MODULE_3__/* .whyNoBase */ .He)(error) };
    }
}
/** Compares what some plugins may do in two states of a repository that were both read whole. */
function privilegesBetween(before, now, names) {
    return compareSides(before, now, { changed: new Set(names), left: [] });
}
function compareSides(before, now, { changed, left }) {
    const [was, is] = [builtinNames(before), builtinNames(now)];
    // A list that is known only at run time gives no difference.
    const [builtinBefore, builtinNow] = [was ?? is ?? new Set(), is ?? was ?? new Set()];
    const switched = [...builtinBefore, ...builtinNow].filter((name) => builtinBefore.has(name) !== builtinNow.has(name));
    return [...new Set([...changed, ...switched])].sort().flatMap((name) => {
        const current = pluginsNamed(name, now);
        const old = changed.has(name) ? pluginsNamed(name, before) : current;
        const unread = left.filter(({ path }) => (0,_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .pluginOf */ .$s)(path, now.workspace) === name);
        if (unread.length > 0)
            return {
                plugin: name,
                state: 'changed',
                gained: [],
                lost: [],
                unknown: unread.map(({ path, reason }) => `in the base commit ${path} ${reason}, so nothing was compared`),
            };
        const privileges = (plugins, builtin) => plugins.length === 0 ? undefined : (0,_privileges_js__WEBPACK_IMPORTED_MODULE_5__/* .privilegesOf */ .yK)(plugins, builtin.has(name));
        // A built-in entry without a plugin is a finding of its own.
        if (old.length === 0 && current.length === 0)
            return [];
        return (0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .comparePrivileges */ .k)(name, privileges(old, builtinBefore), privileges(current, builtinNow)) ?? [];
    });
}
/** Returns the plugins of a name; an empty directory that git left behind is not a plugin. */
function pluginsNamed(name, { workspace }) {
    return workspace.plugins.filter((plugin) => plugin.name === name && plugin.files.length > 0);
}
/**
 * Returns the plugins that every client runs: those of builtin.ts, as changed by the declarations; `undefined` where
 * that file can't be read.
 */
function builtinNames({ workspace, declarations }) {
    const list = workspace.builtin?.list;
    if (list && !list.understood)
        return undefined;
    const names = new Set(list?.entries.flatMap(({ name }) => name ?? []));
    for (const [name, { offer }] of declarations.plugins) {
        if (offer?.includes('builtin'))
            names.add(name);
        else if (offer)
            names.delete(name);
    }
    return names;
}


/***/ }),

/***/ 3893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ markNew)
/* harmony export */ });
/**
 * Marks findings as new, or as there before. A finding was there when the base has one of the same rule, file and message;
 * lines move with every edit and don't count. Of several that are alike, as many are old as the base has.
 */
function markNew(found, before) {
    const old = new Map();
    for (const finding of before)
        old.set(keyOf(finding), (old.get(keyOf(finding)) ?? 0) + 1);
    return found.map((finding) => {
        const left = old.get(keyOf(finding)) ?? 0;
        if (left > 0)
            old.set(keyOf(finding), left - 1);
        return { ...finding, new: left === 0 };
    });
}
/** Messages may name lines too, as in `main.ts:12:3`. */
function keyOf({ rule, file, message }) {
    return JSON.stringify([rule, file, message.replace(/(\.\w+):\d+(?::\d+)?/g, '$1')]);
}


/***/ }),

/***/ 7883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  propose: () => (/* binding */ propose)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/vendored.js
var vendored = __webpack_require__(5519);
// EXTERNAL MODULE: ./.build/src/image/lockfile-change.js
var lockfile_change = __webpack_require__(7697);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var lib_files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __webpack_require__(3758);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/privileges/pull-request.js
var pull_request = __webpack_require__(4117);
// EXTERNAL MODULE: ./.build/src/publish/destination.js
var publish_destination = __webpack_require__(5559);
// EXTERNAL MODULE: ./.build/src/publish/publish.js + 3 modules
var publish = __webpack_require__(746);
// EXTERNAL MODULE: ./.build/src/publish/pull-request.js
var publish_pull_request = __webpack_require__(264);
// EXTERNAL MODULE: ./.build/src/publish/repository.js
var repository = __webpack_require__(6147);
// EXTERNAL MODULE: ./.build/src/publish/tree.js
var tree = __webpack_require__(4551);
// EXTERNAL MODULE: ./.build/src/publish/tries.js
var tries = __webpack_require__(6902);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/tree.js
var elsewhere_tree = __webpack_require__(2980);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/source.js
var elsewhere_source = __webpack_require__(3993);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: ./.build/src/report/markdown.js
var markdown = __webpack_require__(4873);
// EXTERNAL MODULE: ./.build/src/report/privileges-markdown.js
var privileges_markdown = __webpack_require__(9132);
// EXTERNAL MODULE: ./.build/src/report/privileges.js
var report_privileges = __webpack_require__(6128);
// EXTERNAL MODULE: ./.build/src/report/summary.js + 1 modules
var summary = __webpack_require__(4645);
;// CONCATENATED MODULE: ./.build/src/publish/update-text.js











const MAX_FILES = 40;
const MAX_FINDINGS = 30;
const MAX_PACKAGES = 50;
/** Returns the title of a pull request, which is the first line of its commit too. */
function updateTitle(updates) {
    const [only] = updates;
    if (only === undefined || updates.length > 1)
        return `chore: update ${(0,wording/* plural */.LS)(updates.length, 'plugin')} from elsewhere`;
    const { from, to } = versionsOf(only);
    return `chore: update ${only.name} from ${from} to ${to}`;
}
/** Returns the line that identifies what the updates lead to, however often their text changes. */
function updateMark(updates) {
    return (0,publish_pull_request/* markOfVersion */.JT)(updates.map(({ name, to }) => `${name} ${to.tree}`).join('\n'));
}
/** Returns the text of a pull request that updates plugins from elsewhere. The same updates give the same text. */
function updateBody(proposed, rulesUrl) {
    const { updates, base, privileges, packages, findings, changes } = proposed;
    return (0,summary/* renderSections */.H1)([
        [updateMark(updates), 'Newer versions from elsewhere:', '', ...updates.map(headOf)],
        ['Review the code as if it were your own: it runs in your server and in the browsers of your users.'],
        (0,privileges_markdown/* privilegeChangesSection */.U)((0,report_privileges/* reportPrivilegeChanges */.T)({ base, plugins: [...privileges] })),
        findingsSection(findings, rulesUrl),
        dependenciesSection(updates, packages),
        ...updates.map((update) => filesSection(update, updates.length > 1)),
        changesSection(changes),
        [FOOT],
    ], summary/* MAX_COMMENT_BYTES */.pJ).trimEnd();
}
/** How such a pull request is kept. */
const FOOT = 'Each run rebuilds this branch and rewrites this text. To decline this version, close the pull request: the next version opens another one. A commit that you add to the branch is never overwritten.';
function headOf(update) {
    const { name, from: was, to: is, merged } = update;
    const { from, to } = versionsOf(update);
    const link = compareLink(was, is);
    const parts = [
        `- **${(0,markdown/* escapeMarkdown */.FV)(name)}**: ${(0,markdown/* code */.aY)(from)} → ${(0,markdown/* code */.aY)(to)}`,
        ...(link === undefined ? [] : [`[commits between](${link})`]),
        `from ${(0,markdown/* code */.aY)(is.source)}`,
        ...(was.license === is.license
            ? []
            : [`⚠️ licence: ${(0,markdown/* escapeMarkdown */.FV)(was.license ?? 'none')} → ${(0,markdown/* escapeMarkdown */.FV)(is.license ?? 'none')}`]),
        ...(merged.length > 0 ? [`local changes were merged into ${merged.map(markdown/* code */.aY).join(', ')}`] : []),
    ];
    return parts.join('; ');
}
/** What a person calls the two versions: tags, versions of a package, or the first digits of a commit or digest. */
function versionsOf({ from, to }) {
    if (from.version !== undefined && to.version !== undefined)
        return { from: from.version, to: to.version };
    if (from.ref !== undefined && to.ref !== undefined && from.ref !== to.ref)
        return { from: from.ref, to: to.ref };
    const short = ({ commit, tree }) => (commit ?? tree.replace(/^sha256-/, '')).slice(0, 12);
    return { from: short(from), to: short(to) };
}
/** Servers whose address for a comparison of two commits is known. */
const COMPARISONS = {
    'github.com': 'compare',
    'codeberg.org': 'compare',
    'gitlab.com': '-/compare',
};
/** Returns the page with the commits between two versions, where the server is known to have one. */
function compareLink(from, to) {
    if (from.commit === undefined || to.commit === undefined)
        return undefined;
    const source = (0,elsewhere_source/* parseSource */.PJ)(to.source);
    if (source.kind !== 'git' || !URL.canParse(source.url))
        return undefined;
    const { protocol, host, pathname } = new URL(source.url);
    const comparison = COMPARISONS[host];
    if (protocol !== 'https:' || comparison === undefined)
        return undefined;
    const repository = pathname.replace(/(?:\.git)?\/?$/, '').replace(/[()]/g, encodeURIComponent);
    return `https://${host}${repository}/${comparison}/${from.commit}...${to.commit}`;
}
function findingsSection({ fresh, gone, before, after }, rulesUrl) {
    const view = { rulesUrl };
    const head = `### Findings: ${before} before, ${after} after`;
    if (fresh.length + gone.length === 0)
        return [head, '', 'The update adds none and resolves none.'];
    return [
        head,
        ...(fresh.length > 0 ? ['', 'New:', '', ...firstOf((0,summary/* findingList */.QQ)(fresh, view), MAX_FINDINGS)] : []),
        ...(gone.length > 0
            ? ['', 'No longer there:', '', ...firstOf((0,summary/* findingList */.QQ)(gone, view), MAX_FINDINGS)]
            : []),
    ];
}
/** No report file has the rest: the findings are those of a checkout that is gone by then. */
function firstOf(lines, most) {
    const left = lines.length - most;
    return left > 0 ? [...lines.slice(0, most), '', `… and ${left} more`] : [...lines];
}
function dependenciesSection(updates, packages) {
    const rows = updates.flatMap(({ before, after }) => {
        const files = [...new Set([...before.keys(), ...after.keys()])].filter((path) => external_node_path_.posix.basename(path) === 'package.json');
        return files.sort(lib_text/* compare */.UD).flatMap((file) => {
            const [was, is] = [dependenciesIn(before.get(file)), dependenciesIn(after.get(file))];
            return [...new Set([...was.keys(), ...is.keys()])]
                .filter((name) => was.get(name) !== is.get(name))
                .sort(lib_text/* compare */.UD)
                .map((name) => [
                (0,markdown/* code */.aY)(name),
                was.has(name) ? (0,markdown/* code */.aY)(was.get(name) ?? '') : 'new',
                is.has(name) ? (0,markdown/* code */.aY)(is.get(name) ?? '') : 'gone',
                (0,markdown/* code */.aY)(file),
            ]);
        });
    });
    if (rows.length + packages.length === 0)
        return ['### Packages', '', 'No dependency changes.'];
    return [
        '### Packages',
        '',
        ...(0,markdown/* table */.tp)(['Dependency', 'Before', 'After', 'In'], rows.slice(0, MAX_PACKAGES)),
        ...(rows.length > MAX_PACKAGES ? ['', `… and ${rows.length - MAX_PACKAGES} more`] : []),
        ...(packages.length > 0
            ? [
                '',
                `${(0,wording/* plural */.LS)(packages.length, 'package')} new in pnpm-lock.yaml: ${packages.slice(0, MAX_PACKAGES).map(markdown/* code */.aY).join(', ')}${packages.length > MAX_PACKAGES ? ` and ${packages.length - MAX_PACKAGES} more` : ''}`,
            ]
            : []),
    ];
}
/** The packages that a package.json asks for, with the range of each. */
function dependenciesIn(content) {
    const found = new Map();
    const { value } = (0,json/* parseJson */.qF)({ path: 'package.json', text: content?.toString('utf8') ?? '' });
    for (const field of ['dependencies', 'optionalDependencies', 'devDependencies'])
        for (const [name, range] of Object.entries((0,json/* asObject */.eB)((0,json/* ownValue */.eC)(value, field)) ?? {}))
            found.set(name, String(range));
    return found;
}
/** The changed files, the largest first. */
function filesSection({ name, before, after }, isOneOfMany) {
    const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
        const [was, is] = [before.get(path), after.get(path)];
        return !was || !is || !(0,elsewhere_tree/* withLineFeeds */.gX)(was).equals((0,elsewhere_tree/* withLineFeeds */.gX)(is));
    });
    const sizeOf = (path) => Math.max(before.get(path)?.length ?? 0, after.get(path)?.length ?? 0);
    const sorted = paths.sort((a, b) => sizeOf(b) - sizeOf(a) || (0,lib_text/* compare */.UD)(a, b));
    const size = (content, none) => content === undefined ? none : content.length.toLocaleString('en-US');
    const rows = sorted
        .slice(0, MAX_FILES)
        .map((path) => [(0,markdown/* code */.aY)(path), size(before.get(path), 'new'), size(after.get(path), 'removed')]);
    return [
        `### ${(0,wording/* plural */.LS)(paths.length, 'changed file')}${isOneOfMany ? ` of ${(0,markdown/* escapeMarkdown */.FV)(name)}` : ''}`,
        '',
        ...(0,markdown/* table */.tp)(['File', 'Bytes before', 'Bytes after'], rows),
        ...(sorted.length > MAX_FILES ? ['', `… and ${(0,wording/* listed */.KE)(sorted.slice(MAX_FILES).map(markdown/* code */.aY), 10)}`] : []),
    ];
}
function changesSection(changes) {
    if (changes.length === 0)
        return [];
    return [
        '### Also changed',
        '',
        ...changes.map(({ file, summary }) => `- ${(0,markdown/* code */.aY)(file)}: ${(0,markdown/* escapeMarkdown */.FV)(summary)}`),
    ];
}

// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/rules/new.js
var rules_new = __webpack_require__(3893);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(495);
// EXTERNAL MODULE: ./.build/src/stages/check.js + 2 modules
var check = __webpack_require__(207);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stages_stage = __webpack_require__(9573);
// EXTERNAL MODULE: ./.build/src/stages/update.js
var stages_update = __webpack_require__(9590);
// EXTERNAL MODULE: ./.build/src/stages/vendor.js
var vendor = __webpack_require__(5261);
;// CONCATENATED MODULE: ./.build/src/stages/propose.js






















/**
 * Opens pull requests for plugins from elsewhere that have a newer version, and keeps the open ones up to date. All of it happens on a checkout of the branch's head; the working tree stays as it is.
 * @throws after all others were proposed, where one can't be
 */
async function propose(run) {
    const { inputs, surroundings, record, stage } = run;
    const destination = await stage('publish', () => (0,publish_destination/* findDestination */.Ye)(inputs, surroundings.root, surroundings.event));
    const base = await stage('publish', () => (0,tries/* inTries */.X)(surroundings, () => (0,repository/* headOf */.Uo)(destination, destination.branch)));
    if (base === undefined)
        throw new stages_stage/* StageError */.Zu('publish', (0,repository/* noBranch */.kc)(destination));
    const source = { url: destination.url, token: destination.api.token };
    await (0,tree/* withCheckout */.j9)(source, base, async (directory) => {
        const root = (0,external_node_path_.join)(directory, destination.place);
        const there = { ...run, surroundings: { ...surroundings, root } };
        const state = await stage('check', () => (0,check/* check */.z6)(there));
        // An update does not fail on findings that were there before.
        record({ ...(0,check/* partOf */.BU)(state), findings: [], changes: [] });
        const proposing = { run: there, destination, base, state, opened: [], notes: new Set() };
        record({ pullRequests: [] });
        const { failures, kept } = await proposePlugins(proposing);
        if (inputs.task.subject === '')
            await closeOthers(proposing, kept);
        if (failures.length > 0)
            throw new stages_stage/* StageError */.Zu('update', failures.join('\n'));
    });
}
async function proposePlugins(proposing) {
    const { run, state } = proposing;
    const { branch, group } = run.inputs.publish;
    const { root } = state.workspace;
    const { outlooks, failures, unasked } = await run.stage('fetch', () => (0,vendor/* outlooksOf */.u2)(run, root, isReachable));
    for (const { name, problem } of outlooks)
        if (problem !== undefined)
            failures.push(`${name}: ${problem}`);
    const due = outlooks.filter(({ outdated, problem }) => outdated && problem === undefined);
    const unclear = [
        ...unasked,
        ...outlooks.flatMap(({ name, problem }) => (problem === undefined ? [] : name)),
    ];
    run.record({ elsewhere: { plugins: outlooks.length + unasked.length, outdated: due.length } });
    const groups = group === 'each' ? due.map((outlook) => [outlook.name, [outlook]]) : due.length > 0 ? [['all', due]] : [];
    for (const [name, outlooksOfGroup] of groups) {
        try {
            const request = await prepareGroup(proposing, outlooksOfGroup, failures);
            if (request)
                await propose_open(proposing, { ...request, branch: `${branch}/${name}` });
        }
        catch (error) {
            failures.push(`${name}: ${(0,wording/* messageOf */.bD)(error)}`);
        }
        finally {
            await restore(proposing);
        }
    }
    // What could not be asked may still be outdated.
    const kept = group === 'each' ? unclear : unclear.length > 0 ? ['all'] : [];
    return {
        failures,
        kept: new Set([...groups.map(([name]) => name), ...kept].map((name) => `${branch}/${name}`)),
    };
}
/** A path out of the repository is one of the machine on which the plugin was added. */
function isReachable({ source }) {
    return !/^(?:\/|\.\.)/.test(source);
}
/** Prepares the updates of one pull request in the checkout. @returns `undefined` where none can be made */
async function prepareGroup({ run, base, state }, group, failures) {
    const { root } = state.workspace;
    const lockfile = (0,lib_files/* repositoryText */.g_)(root, layout/* layout */.Zp.pnpmLock) ?? '';
    const updates = [];
    const own = [];
    const changes = [];
    let after = state;
    for (const outlook of group) {
        try {
            const update = await run.stage('fetch', () => (0,stages_update.prepare)(run, state, outlook));
            const settled = await (0,stages_update.applyUpdate)(run, root, update);
            after = settled.examined;
            updates.push(update);
            (0,lists/* append */.B)(own, (0,stages_update.summaryOf)(update));
            (0,lists/* append */.B)(changes, settled.changes);
            run.surroundings.log(`${update.name}: ${(0,vendored/* requested */.lT)(update.from)} -> ${(0,vendored/* requested */.lT)(update.to)}`);
        }
        catch (error) {
            failures.push(`${outlook.name}: ${(0,wording/* messageOf */.bD)(error)}`);
        }
    }
    if (updates.length === 0)
        return undefined;
    run.record({ changes: (0,report/* sortChanges */.gQ)([...own, ...changes]) });
    const text = {
        updates,
        base,
        privileges: (0,pull_request/* privilegesBetween */.p)(state, after, updates.map(({ name }) => name)),
        packages: (0,lockfile_change/* packagesAdded */.kw)(lockfile, (0,lib_files/* repositoryText */.g_)(root, layout/* layout */.Zp.pnpmLock) ?? ''),
        findings: compareFindings(state, after),
        changes,
    };
    const body = updateBody(text, run.surroundings.rulesUrl);
    const files = await (0,tree/* uncommittedChanges */.DP)(root);
    const propose = () => Promise.resolve({ files, body });
    return { base, message: updateTitle(updates), mark: updateMark(updates), propose };
}
function compareFindings(before, after) {
    const [was, is] = [before.findings.open, after.findings.open];
    const added = (found, known) => (0,rules_new/* markNew */._)(found, known).filter((finding) => finding.new);
    return {
        fresh: (0,report/* reportFindings */.LH)(added(is, was)),
        gone: (0,report/* reportFindings */.LH)(added(was, is)),
        before: was.length,
        after: is.length,
    };
}
/** Makes the checkout what it was before an update was prepared in it. */
async function restore({ base, state }) {
    const { root } = state.workspace;
    await (0,git/* git */.$Y)(root, ['checkout', '--quiet', '--force', '--detach', base]);
    await (0,git/* git */.$Y)(root, ['clean', '--quiet', '-ffdx', '--', '.']);
}
/** Opens or updates a pull request, or says what would be done. */
async function propose_open({ run, destination, opened, notes }, request) {
    const { inputs, surroundings, record, stage } = run;
    const [title = ''] = request.message.split('\n');
    if (inputs.dryRun)
        return record({
            notes: [`Dry run: would open or update a pull request from ${request.branch}: ${title}.`],
        });
    try {
        const published = await stage('publish', () => (0,publish_pull_request/* publishPullRequest */.gB)(destination, request, surroundings));
        record({ notes: published.notes.map((note) => `${title}: ${note}`) });
        const { notes: ofCommit = [], ...commit } = published.commit ? (0,publish/* describeCommit */.X)(published.commit) : {};
        record({ ...commit, notes: ofCommit.filter((note) => !notes.has(note)) });
        for (const note of ofCommit)
            notes.add(note);
        const { url } = published;
        if (url === undefined)
            return;
        opened.push({ title, url });
        record({ pullRequestUrl: url, pullRequests: [...opened] });
    }
    catch (error) {
        if (!(error instanceof stages_stage/* StageError */.Zu && error.cause instanceof publish_pull_request/* ForeignCommitError */.SS))
            throw error;
        record({ notes: [`${title}: ${error.message}`] });
    }
}
/** Closes the pull requests of plugins that have become up to date or were removed. */
async function closeOthers({ run, destination, base }, kept) {
    const { inputs, surroundings, record, stage } = run;
    const branches = await stage('publish', () => (0,tries/* inTries */.X)(surroundings, () => (0,repository/* branchesBelow */.Y8)(destination, `${inputs.publish.branch}/`)));
    // Another run may be making its commit on a temporary branch with such an ending.
    for (const branch of branches.filter((each) => !kept.has(each) && !/-[0-9a-f]{8}$/.test(each))) {
        if (inputs.dryRun) {
            record({ notes: [`Dry run: would close the pull request from ${branch}: nothing is left to update.`] });
            continue;
        }
        const nothing = { branch, base, message: '', propose: () => Promise.resolve({ files: [], body: '' }) };
        const { notes } = await stage('publish', () => (0,publish_pull_request/* publishPullRequest */.gB)(destination, nothing, surroundings));
        record({ notes });
    }
}


/***/ }),

/***/ 9590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   applyUpdate: () => (/* binding */ applyUpdate),
/* harmony export */   prepare: () => (/* binding */ prepare),
/* harmony export */   summaryOf: () => (/* binding */ summaryOf),
/* harmony export */   update: () => (/* binding */ update)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(301);
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5519);
/* harmony import */ var _lib_lists_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3758);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1067);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1947);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7154);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(207);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9573);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5261);










/**
 * Updates the plugins from elsewhere in the working tree, or the one that is named; each of them wholly or not at all.
 * @throws after all others were updated, where one can't be
 */
async function update(run) {
    const { inputs, record, surroundings } = run;
    const state = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_4__/* .check */ .z6)(run));
    const { root } = state.workspace;
    const { outlooks, failures } = await run.stage('fetch', () => (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .outlooksOf */ .u2)(run, root));
    const due = outlooks.filter(({ outdated, problem }) => outdated || problem !== undefined);
    record({ elsewhere: { plugins: outlooks.length + failures.length, outdated: due.length } });
    const changes = [];
    const notes = [];
    const found = [];
    for (const outlook of due) {
        try {
            const prepared = await run.stage('fetch', () => prepare(run, state, outlook));
            (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_7__/* .append */ .B)(changes, summaryOf(prepared));
            if (!inputs.dryRun) {
                const { examined, changes: more } = await applyUpdate(run, root, prepared);
                (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_7__/* .append */ .B)(changes, more);
                (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_7__/* .append */ .B)(found, (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .about */ .Cv)(examined, prepared.name).findings.open);
            }
            surroundings.log(`${prepared.name}: ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(prepared.from)} -> ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(prepared.to)}`);
            if (prepared.merged.length > 0)
                notes.push(`Local changes were merged into ${prepared.name}: ${prepared.merged.join(', ')}.`);
        }
        catch (error) {
            failures.push(`${outlook.name}: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_8__/* .messageOf */ .bD)(error)}`);
        }
    }
    const current = outlooks.length - due.length;
    if (current > 0)
        notes.push(`${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_8__/* .plural */ .LS)(current, 'plugin')} from elsewhere ${current === 1 ? 'is' : 'are'} up to date.`);
    record({
        ...(0,_check_js__WEBPACK_IMPORTED_MODULE_4__/* .partOf */ .BU)(state),
        findings: found,
        changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_3__/* .sortChanges */ .gQ)(changes),
        applied: changes.length > 0 && !inputs.dryRun,
        notes,
    });
    if (failures.length > 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_5__/* .StageError */ .Zu('update', failures.join('\n'));
}
/** Fetches a newer version; what was changed here goes into it where the declarations allow a change. */
function prepare(run, { declarations, workspace }, outlook) {
    const patched = declarations.plugins.get(outlook.name)?.patched !== undefined;
    return (0,_declarations_elsewhere_update_js__WEBPACK_IMPORTED_MODULE_0__/* .prepareUpdate */ .V)(outlook, (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .accessOf */ .YK)(run, workspace.root), patched);
}
/** Replaces a plugin with a newer version: files, lock, registrations and dependencies, or none of them. */
async function applyUpdate(run, root, { name, to, before, after }) {
    return (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_2__/* .withTransaction */ .ro)(root, (apply) => {
        apply([...(0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .treeChanges */ .CJ)(before, after), (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .lockChange */ ._9)(root, name, to)]);
        return (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .settle */ .G9)(run, apply, { name, offers: false, refresh: true });
    });
}
/** What an update changes, as the report has it. */
function summaryOf({ name, from, to }) {
    const summary = `update ${name}: ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(from)} to ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(to)}`;
    return [
        ...Object.keys(to.directories).map((file) => ({ file, summary })),
        { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_9__/* .LOCK_FILE */ .F, summary: `lock ${name}` },
    ];
}


/***/ })

};
