export const id = 638;
export const ids = [638];
export const modules = {

/***/ 4638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  privileges: () => (/* binding */ stages_privileges_privileges)
});

// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(2876);
// EXTERNAL MODULE: ./.build/src/workspace/read.js + 16 modules
var read = __webpack_require__(9181);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
;// CONCATENATED MODULE: ./.build/src/privileges/base.js






/** As large as a file of a plugin is read (lib/files.ts). */
const MAX_BYTES = 4 * 1024 * 1024;
/** What the reading of a plugin looks into; bundles, images and documents are not among it, unless asked for by name. */
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/;
/**
 * The commit that a pull request is compared with: where its branch left the base branch, so that what the base gained
 * since is no difference. Only what is in the checkout is asked; nothing is fetched.
 */
async function baseOfPullRequest(root, event, { number, baseSha }) {
    const head = (await (0,git/* readCommit */.kN)(root))?.sha;
    if (head === undefined)
        return { unknown: 'there is no git checkout' };
    // What GitHub runs a pull request on is a merge that it made: its first parent is the base branch.
    if (head === event.sha && event.ref === `refs/pull/${number}/merge`) {
        const [, base, topic] = await (0,git/* commitsOf */.g3)(root, head);
        return base !== undefined && topic !== undefined
            ? { commit: base }
            : { unknown: 'the base commit is not in this shallow clone: check out with `fetch-depth: 2`' };
    }
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(baseSha))
        return { unknown: 'the event does not name the base commit' };
    const base = await (0,git/* mergeBase */.wu)(root, head, baseSha);
    if (base === undefined)
        return {
            unknown: (await (0,git/* isShallow */.fE)(root))
                ? `what ${baseSha} has in common with the checked-out commit is not in this shallow clone: check out with \`fetch-depth: 0\``
                : `${baseSha} has nothing in common with the checked-out commit`,
        };
    if (base === head)
        return {
            unknown: 'what is checked out is part of the base branch, and not what the pull request changes',
        };
    return { commit: base };
}
/**
 * Gives `work` files of a commit. They are written by git itself, which takes no path that leads out of the directory;
 * symbolic links are left out. The working tree and the index stay as they are.
 * @param roots directories and files, relative to `root`
 * @param isWanted by its path relative to `root`
 * @throws {CommandError} when git can't give them
 */
async function withBaseTree(root, commit, roots, isWanted, work) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (temporary) => {
        const directory = (0,external_node_path_.join)(temporary, 'tree');
        (0,external_node_fs_.mkdirSync)(directory);
        const apart = {
            cwd: directory,
            workTree: directory,
            env: { GIT_INDEX_FILE: (0,external_node_path_.join)(temporary, 'index') },
        };
        const list = await (0,git/* git */.$Y)(root, ['ls-tree', '-r', '-l', '-z', commit, '--', ...roots]);
        const left = [];
        const taken = [];
        for (const { mode, object, size, path } of entriesOf(list)) {
            if (!isWanted(path))
                continue;
            // git writes none of these, and says so to nobody.
            if (path.split('/').some((part) => /^(?:\.{0,2}|\.git)$/i.test(part)))
                left.push({ path, reason: 'has a name that no checkout takes' });
            else if (!mode.startsWith('100'))
                left.push({ path, reason: 'is a link' });
            else if (!READ.test(path) && !roots.includes(path))
                continue;
            // What git says of a file that a clone with a filter has left out.
            else if (Number.isNaN(size))
                throw new command/* CommandError */.Q('git', undefined, [], `${path} is not in this clone`);
            else if (size > MAX_BYTES)
                left.push({ path, reason: `has ${size} bytes` });
            else
                taken.push(`${mode} ${object}\t${path}\0`);
        }
        await (0,git/* git */.$Y)(root, ['update-index', '-z', '--index-info'], { ...apart, input: taken.join('') });
        await (0,git/* git */.$Y)(root, ['-c', 'core.symlinks=false', 'checkout-index', '--all', '--quiet'], apart);
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
/** Why the base could not be had, or be read, in a clause. */
function whyNoBase(error) {
    if (!(error instanceof command/* CommandError */.Q))
        return `the base commit cannot be read: ${(0,wording/* messageOf */.bD)(error)}`;
    const line = error.lastLines.findLast((each) => each.trim() !== '') ?? error.outcome;
    return `git cannot give the files of the base commit (${line}): check out with \`fetch-depth: 0\` and without a filter`;
}

// EXTERNAL MODULE: ./.build/src/privileges/difference.js
var difference = __webpack_require__(3601);
// EXTERNAL MODULE: ./.build/src/privileges/privileges.js + 1 modules
var privileges_privileges = __webpack_require__(3988);
;// CONCATENATED MODULE: ./.build/src/privileges/pull-request.js






/**
 * Compares what plugins may do with what they could do at the base of a pull request.
 * @param declarationsIn reads the declarations of a repository
 */
async function privilegesOfPullRequest(event, change, head, declarationsIn) {
    const { root } = head.workspace;
    try {
        const base = await baseOfPullRequest(root, event, change);
        if ('unknown' in base)
            return base;
        const difference = await (0,git/* differenceFrom */.mX)(root, base.commit);
        if ('unknown' in difference)
            return difference;
        const changed = new Set(difference.paths.flatMap((path) => (0,layout/* pluginOf */.$s)(path, head.workspace) ?? []));
        const { file } = head.declarations;
        const files = [layout/* layout */.Zp.builtinTs, ...(file === undefined ? [] : [file])];
        return await withBaseTree(root, base.commit, [...(0,layout/* pluginParents */.ZX)(head.workspace.pluginsOnly), ...files], (path) => files.includes(path) || changed.has((0,layout/* pluginOf */.$s)(path, head.workspace) ?? ''), async (tree) => {
            const workspace = await (0,read.readWorkspace)(tree.directory);
            const before = { workspace, declarations: await declarationsIn(workspace) };
            return { base: base.commit, plugins: compareSides(before, head, changed, tree.left) };
        });
    }
    catch (error) {
        return { unknown: whyNoBase(error) };
    }
}
function compareSides(before, now, changed, left) {
    const [was, is] = [builtinNames(before), builtinNames(now)];
    // A list that only running it tells gives no difference.
    const [builtinBefore, builtinNow] = [was ?? is ?? new Set(), is ?? was ?? new Set()];
    const switched = [...builtinBefore, ...builtinNow].filter((name) => builtinBefore.has(name) !== builtinNow.has(name));
    return [...new Set([...changed, ...switched])].sort().flatMap((name) => {
        const current = pluginsNamed(name, now);
        const old = changed.has(name) ? pluginsNamed(name, before) : current;
        const unread = left.filter(({ path }) => (0,layout/* pluginOf */.$s)(path, now.workspace) === name);
        if (unread.length > 0)
            return {
                plugin: name,
                state: 'changed',
                gained: [],
                lost: [],
                unknown: unread.map(({ path, reason }) => `in the base commit ${path} ${reason}, so nothing was compared`),
            };
        const privileges = (plugins, builtin) => plugins.length === 0 ? undefined : (0,privileges_privileges/* privilegesOf */.yK)(plugins, builtin.has(name));
        // What is built in without being there is a finding of its own.
        if (old.length === 0 && current.length === 0)
            return [];
        return (0,difference/* comparePrivileges */.k)(name, privileges(old, builtinBefore), privileges(current, builtinNow)) ?? [];
    });
}
/** A directory that git has left behind with nothing in it is no plugin. */
function pluginsNamed(name, { workspace }) {
    return workspace.plugins.filter((plugin) => plugin.name === name && plugin.files.length > 0);
}
/**
 * The plugins that every client runs: those of builtin.ts, unless the declarations want it otherwise; `undefined`
 * where that file can't be read.
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

// EXTERNAL MODULE: ./.build/src/report/privileges.js
var privileges = __webpack_require__(6128);
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 24 modules
var catalogue = __webpack_require__(1900);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __webpack_require__(5501);
// EXTERNAL MODULE: ./.build/src/stages/check.js + 2 modules
var check = __webpack_require__(226);
;// CONCATENATED MODULE: ./.build/src/stages/privileges.js





/**
 * Compares what plugins may do with the base of a pull request, and records the difference.
 * @returns what is known, with what the pull request opens as findings like any other
 */
async function stages_privileges_privileges({ inputs, surroundings, record }, examined, change) {
    const { declarations, workspace } = examined;
    const changes = await privilegesOfPullRequest(surroundings.event, change, examined, (base) => (0,check/* readDeclarations */.m2)(base.root, { ...inputs.declarations, required: false }));
    record({ privileges: (0,privileges/* reportPrivilegeChanges */.T)(changes) });
    if ('unknown' in changes)
        return examined;
    const opened = (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.privileges, changes.plugins, { root: workspace.root, declarations });
    return { ...examined, findings: (0,findings/* joinFindings */.pZ)(examined.findings, opened) };
}


/***/ })

};
