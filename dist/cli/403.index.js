export const id = 403;
export const ids = [403];
export const modules = {

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
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2876);
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

/***/ 7403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   privileges: () => (/* binding */ privileges)
/* harmony export */ });
/* harmony import */ var _privileges_pull_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4117);
/* harmony import */ var _report_privileges_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6128);
/* harmony import */ var _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9152);
/* harmony import */ var _rules_findings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5501);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(207);





/**
 * Compares what plugins may do with the base of a change, and records the difference.
 * @returns the examination with findings about what the change opens
 */
async function privileges({ inputs, record }, examined, base) {
    const { declarations, workspace } = examined;
    const changes = await (0,_privileges_pull_request_js__WEBPACK_IMPORTED_MODULE_0__/* .privilegesOfPullRequest */ .Q)(examined, {
        base,
        declarationsIn: (before) => (0,_check_js__WEBPACK_IMPORTED_MODULE_3__/* .readDeclarations */ .m2)(before.root, { ...inputs.declarations, required: false }),
    });
    record({ privileges: (0,_report_privileges_js__WEBPACK_IMPORTED_MODULE_4__/* .reportPrivilegeChanges */ .T)(changes) });
    if ('unknown' in changes)
        return examined;
    const opened = (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .findings */ .Pg)(_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_1__/* .catalogue */ .sW.privileges, changes.plugins, { root: workspace.root, declarations });
    return { ...examined, findings: (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .joinFindings */ .pZ)(examined.findings, opened) };
}


/***/ })

};
