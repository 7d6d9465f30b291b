export const id = 918;
export const ids = [918];
export const modules = {

/***/ 2918:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderInit: () => (/* binding */ renderInit)
/* harmony export */ });
/* harmony import */ var _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9152);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1803);


/** Returns what `init` says: what it wrote, what that hides, and what sync would change all the same. */
function renderInit({ files, declarations, hidden, pluginsOnly, notes, }, { findings, failure }) {
    const synced = new Set((0,_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_0__/* .syncedRules */ .Iw)().map(({ id }) => id));
    const left = findings.filter(({ rule, fixable }) => fixable && synced.has(rule));
    const lines = [
        ...files.map(({ file }) => file === declarations
            ? `${file} written: it states what the repository does today`
            : `${file} written: it checks pull requests, and deploys what is pushed`),
        ...notes,
        ...(hidden.length === 0
            ? []
            : [
                `hidden in it, since no list offers ${hidden.length === 1 ? 'this plugin' : 'these plugins'}:`,
                ...hidden.map((name) => `  ${name}`),
                `Where that is a mistake, write \`offer: registry\`${pluginsOnly ? '' : ' (or builtin)'}, and run sync.`,
            ]),
        ...(failure
            ? [`what sync would change is not known: ${failure.message}`]
            : left.length === 0
                ? ['sync changes nothing']
                : [
                    'sync still changes, whatever is declared:',
                    ...left.map((each) => `  ${each.file}: ${each.message}`),
                ]),
    ];
    return lines.map((line) => `${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(line)}\n`).join('');
}


/***/ })

};
