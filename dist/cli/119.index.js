export const id = 119;
export const ids = [119];
export const modules = {

/***/ 9119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderInitialDeclarations: () => (/* binding */ renderInitialDeclarations)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _desired_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3167);


const HEADER = ` What this repository does with its plugins today. Change a line, then run sync.
 offer: registry (in the plugin store), builtin (everyone has it), hidden, or a list of these
 services: dev (for development only: not expected in production)`;
/** A declarations file that states what the repository does today, so that adopting it changes nothing. */
function renderInitialDeclarations(workspace) {
    const registrationOf = (0,_desired_js__WEBPACK_IMPORTED_MODULE_1__/* .registrationsIn */ .UK)(workspace);
    const plugins = Object.fromEntries(workspace.plugins.map((plugin) => [plugin.name, entryFor(plugin, registrationOf(plugin))]));
    const document = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Document */ .yo({ version: 1, plugins }, { version: '1.2' });
    document.commentBefore = HEADER;
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
function entryFor(plugin, today) {
    const offer = offerFor(plugin, today);
    const developmentOnly = plugin.services.length > 0 && plugin.services.every(({ loadedIn }) => loadedIn === 'development');
    return { ...(offer !== undefined && { offer }), ...(developmentOnly && { services: 'dev' }) };
}
/** `undefined` where no offer says exactly what holds today: then none is stated, and nothing changes. */
function offerFor(plugin, today) {
    if (!plugin.web)
        return undefined;
    const isFullstack = plugin.kind === 'fullstack';
    const listed = isFullstack ? today.install : today.registry;
    const misplaced = isFullstack ? today.registry : today.install;
    if (misplaced || (isFullstack && !listed && today.builtin !== 'no'))
        return undefined;
    if (!listed && today.builtin === 'no')
        return (0,_desired_js__WEBPACK_IMPORTED_MODULE_1__/* .canBeOffered */ .fq)(plugin) ? 'hidden' : undefined;
    if (today.builtin === 'no')
        return 'registry';
    return listed && !isFullstack ? ['registry', 'builtin'] : 'builtin';
}


/***/ })

};
