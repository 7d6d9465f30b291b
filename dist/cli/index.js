import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 4807:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./format", "./parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isWS = exports.applyEdit = exports.setProperty = exports.removeProperty = void 0;
    const format_1 = __nccwpck_require__(6612);
    const parser_1 = __nccwpck_require__(5152);
    function removeProperty(text, path, options) {
        return setProperty(text, path, void 0, options);
    }
    exports.removeProperty = removeProperty;
    function setProperty(text, originalPath, value, options) {
        const path = originalPath.slice();
        const errors = [];
        const root = (0, parser_1.parseTree)(text, errors);
        let parent = void 0;
        let lastSegment = void 0;
        while (path.length > 0) {
            lastSegment = path.pop();
            parent = (0, parser_1.findNodeAtLocation)(root, path);
            if (parent === void 0 && value !== void 0) {
                if (typeof lastSegment === 'string') {
                    value = { [lastSegment]: value };
                }
                else {
                    value = [value];
                }
            }
            else {
                break;
            }
        }
        if (!parent) {
            // empty document
            if (value === void 0) { // delete
                throw new Error('Can not delete in empty document');
            }
            return withFormatting(text, { offset: root ? root.offset : 0, length: root ? root.length : 0, content: JSON.stringify(value) }, options);
        }
        else if (parent.type === 'object' && typeof lastSegment === 'string' && Array.isArray(parent.children)) {
            const existing = (0, parser_1.findNodeAtLocation)(parent, [lastSegment]);
            if (existing !== void 0) {
                if (value === void 0) { // delete
                    if (!existing.parent) {
                        throw new Error('Malformed AST');
                    }
                    const propertyIndex = parent.children.indexOf(existing.parent);
                    let removeBegin;
                    let removeEnd = existing.parent.offset + existing.parent.length;
                    if (propertyIndex > 0) {
                        // remove the comma of the previous node
                        let previous = parent.children[propertyIndex - 1];
                        removeBegin = previous.offset + previous.length;
                    }
                    else {
                        removeBegin = parent.offset + 1;
                        if (parent.children.length > 1) {
                            // remove the comma of the next node
                            let next = parent.children[1];
                            removeEnd = next.offset;
                        }
                    }
                    return withFormatting(text, { offset: removeBegin, length: removeEnd - removeBegin, content: '' }, options);
                }
                else {
                    // set value of existing property
                    return withFormatting(text, { offset: existing.offset, length: existing.length, content: JSON.stringify(value) }, options);
                }
            }
            else {
                if (value === void 0) { // delete
                    return []; // property does not exist, nothing to do
                }
                const newProperty = `${JSON.stringify(lastSegment)}: ${JSON.stringify(value)}`;
                const index = options.getInsertionIndex ? options.getInsertionIndex(parent.children.map(p => p.children[0].value)) : parent.children.length;
                let edit;
                if (index > 0) {
                    let previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                else if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty + ',' };
                }
                return withFormatting(text, edit, options);
            }
        }
        else if (parent.type === 'array' && typeof lastSegment === 'number' && Array.isArray(parent.children)) {
            const insertIndex = lastSegment;
            if (insertIndex === -1) {
                // Insert
                const newProperty = `${JSON.stringify(value)}`;
                let edit;
                if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    const previous = parent.children[parent.children.length - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else if (value === void 0 && parent.children.length >= 0) {
                // Removal
                const removalIndex = lastSegment;
                const toRemove = parent.children[removalIndex];
                let edit;
                if (parent.children.length === 1) {
                    // only item
                    edit = { offset: parent.offset + 1, length: parent.length - 2, content: '' };
                }
                else if (parent.children.length - 1 === removalIndex) {
                    // last item
                    let previous = parent.children[removalIndex - 1];
                    let offset = previous.offset + previous.length;
                    let parentEndOffset = parent.offset + parent.length;
                    edit = { offset, length: parentEndOffset - 2 - offset, content: '' };
                }
                else {
                    edit = { offset: toRemove.offset, length: parent.children[removalIndex + 1].offset - toRemove.offset, content: '' };
                }
                return withFormatting(text, edit, options);
            }
            else if (value !== void 0) {
                let edit;
                const newProperty = `${JSON.stringify(value)}`;
                if (!options.isArrayInsertion && parent.children.length > lastSegment) {
                    const toModify = parent.children[lastSegment];
                    edit = { offset: toModify.offset, length: toModify.length, content: newProperty };
                }
                else if (parent.children.length === 0 || lastSegment === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: parent.children.length === 0 ? newProperty : newProperty + ',' };
                }
                else {
                    const index = lastSegment > parent.children.length ? parent.children.length : lastSegment;
                    const previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else {
                throw new Error(`Can not ${value === void 0 ? 'remove' : (options.isArrayInsertion ? 'insert' : 'modify')} Array index ${insertIndex} as length is not sufficient`);
            }
        }
        else {
            throw new Error(`Can not add ${typeof lastSegment !== 'number' ? 'index' : 'property'} to parent of type ${parent.type}`);
        }
    }
    exports.setProperty = setProperty;
    function withFormatting(text, edit, options) {
        if (!options.formattingOptions) {
            return [edit];
        }
        // apply the edit
        let newText = applyEdit(text, edit);
        // format the new text
        let begin = edit.offset;
        let end = edit.offset + edit.content.length;
        if (edit.length === 0 || edit.content.length === 0) { // insert or remove
            while (begin > 0 && !(0, format_1.isEOL)(newText, begin - 1)) {
                begin--;
            }
            while (end < newText.length && !(0, format_1.isEOL)(newText, end)) {
                end++;
            }
        }
        const edits = (0, format_1.format)(newText, { offset: begin, length: end - begin }, { ...options.formattingOptions, keepLines: false });
        // apply the formatting edits and track the begin and end offsets of the changes
        for (let i = edits.length - 1; i >= 0; i--) {
            const edit = edits[i];
            newText = applyEdit(newText, edit);
            begin = Math.min(begin, edit.offset);
            end = Math.max(end, edit.offset + edit.length);
            end += edit.content.length - edit.length;
        }
        // create a single edit with all changes
        const editLength = text.length - (newText.length - end) - begin;
        return [{ offset: begin, length: editLength, content: newText.substring(begin, end) }];
    }
    function applyEdit(text, edit) {
        return text.substring(0, edit.offset) + edit.content + text.substring(edit.offset + edit.length);
    }
    exports.applyEdit = applyEdit;
    function isWS(text, offset) {
        return '\r\n \t'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isWS = isWS;
});


/***/ }),

/***/ 6612:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner", "./string-intern"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isEOL = exports.format = void 0;
    const scanner_1 = __nccwpck_require__(8525);
    const string_intern_1 = __nccwpck_require__(4579);
    function format(documentText, range, options) {
        let initialIndentLevel;
        let formatText;
        let formatTextStart;
        let rangeStart;
        let rangeEnd;
        if (range) {
            rangeStart = range.offset;
            rangeEnd = rangeStart + range.length;
            formatTextStart = rangeStart;
            while (formatTextStart > 0 && !isEOL(documentText, formatTextStart - 1)) {
                formatTextStart--;
            }
            let endOffset = rangeEnd;
            while (endOffset < documentText.length && !isEOL(documentText, endOffset)) {
                endOffset++;
            }
            formatText = documentText.substring(formatTextStart, endOffset);
            initialIndentLevel = computeIndentLevel(formatText, options);
        }
        else {
            formatText = documentText;
            initialIndentLevel = 0;
            formatTextStart = 0;
            rangeStart = 0;
            rangeEnd = documentText.length;
        }
        const eol = getEOL(options, documentText);
        const eolFastPathSupported = string_intern_1.supportedEols.includes(eol);
        let numberLineBreaks = 0;
        let indentLevel = 0;
        let indentValue;
        if (options.insertSpaces) {
            indentValue = string_intern_1.cachedSpaces[options.tabSize || 4] ?? repeat(string_intern_1.cachedSpaces[1], options.tabSize || 4);
        }
        else {
            indentValue = '\t';
        }
        const indentType = indentValue === '\t' ? '\t' : ' ';
        let scanner = (0, scanner_1.createScanner)(formatText, false);
        let hasError = false;
        function newLinesAndIndent() {
            if (numberLineBreaks > 1) {
                return repeat(eol, numberLineBreaks) + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            const amountOfSpaces = indentValue.length * (initialIndentLevel + indentLevel);
            if (!eolFastPathSupported || amountOfSpaces > string_intern_1.cachedBreakLinesWithSpaces[indentType][eol].length) {
                return eol + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            if (amountOfSpaces <= 0) {
                return eol;
            }
            return string_intern_1.cachedBreakLinesWithSpaces[indentType][eol][amountOfSpaces];
        }
        function scanNext() {
            let token = scanner.scan();
            numberLineBreaks = 0;
            while (token === 15 /* SyntaxKind.Trivia */ || token === 14 /* SyntaxKind.LineBreakTrivia */) {
                if (token === 14 /* SyntaxKind.LineBreakTrivia */ && options.keepLines) {
                    numberLineBreaks += 1;
                }
                else if (token === 14 /* SyntaxKind.LineBreakTrivia */) {
                    numberLineBreaks = 1;
                }
                token = scanner.scan();
            }
            hasError = token === 16 /* SyntaxKind.Unknown */ || scanner.getTokenError() !== 0 /* ScanError.None */;
            return token;
        }
        const editOperations = [];
        function addEdit(text, startOffset, endOffset) {
            if (!hasError && (!range || (startOffset < rangeEnd && endOffset > rangeStart)) && documentText.substring(startOffset, endOffset) !== text) {
                editOperations.push({ offset: startOffset, length: endOffset - startOffset, content: text });
            }
        }
        let firstToken = scanNext();
        if (options.keepLines && numberLineBreaks > 0) {
            addEdit(repeat(eol, numberLineBreaks), 0, 0);
        }
        if (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenStart = scanner.getTokenOffset() + formatTextStart;
            let initialIndent = (indentValue.length * initialIndentLevel < 20) && options.insertSpaces
                ? string_intern_1.cachedSpaces[indentValue.length * initialIndentLevel]
                : repeat(indentValue, initialIndentLevel);
            addEdit(initialIndent, formatTextStart, firstTokenStart);
        }
        while (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
            let secondToken = scanNext();
            let replaceContent = '';
            let needsLineBreak = false;
            while (numberLineBreaks === 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                let commentTokenStart = scanner.getTokenOffset() + formatTextStart;
                addEdit(string_intern_1.cachedSpaces[1], firstTokenEnd, commentTokenStart);
                firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
                needsLineBreak = secondToken === 12 /* SyntaxKind.LineCommentTrivia */;
                replaceContent = needsLineBreak ? newLinesAndIndent() : '';
                secondToken = scanNext();
            }
            if (secondToken === 2 /* SyntaxKind.CloseBraceToken */) {
                if (firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else if (secondToken === 4 /* SyntaxKind.CloseBracketToken */) {
                if (firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else {
                switch (firstToken) {
                    case 3 /* SyntaxKind.OpenBracketToken */:
                    case 1 /* SyntaxKind.OpenBraceToken */:
                        indentLevel++;
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 5 /* SyntaxKind.CommaToken */:
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                        replaceContent = newLinesAndIndent();
                        break;
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 6 /* SyntaxKind.ColonToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 10 /* SyntaxKind.StringLiteral */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (secondToken === 6 /* SyntaxKind.ColonToken */ && !needsLineBreak) {
                            replaceContent = '';
                        }
                        break;
                    case 7 /* SyntaxKind.NullKeyword */:
                    case 8 /* SyntaxKind.TrueKeyword */:
                    case 9 /* SyntaxKind.FalseKeyword */:
                    case 11 /* SyntaxKind.NumericLiteral */:
                    case 2 /* SyntaxKind.CloseBraceToken */:
                    case 4 /* SyntaxKind.CloseBracketToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            if ((secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */) && !needsLineBreak) {
                                replaceContent = string_intern_1.cachedSpaces[1];
                            }
                            else if (secondToken !== 5 /* SyntaxKind.CommaToken */ && secondToken !== 17 /* SyntaxKind.EOF */) {
                                hasError = true;
                            }
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        hasError = true;
                        break;
                }
                if (numberLineBreaks > 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                    replaceContent = newLinesAndIndent();
                }
            }
            if (secondToken === 17 /* SyntaxKind.EOF */) {
                if (options.keepLines && numberLineBreaks > 0) {
                    replaceContent = newLinesAndIndent();
                }
                else {
                    replaceContent = options.insertFinalNewline ? eol : '';
                }
            }
            const secondTokenStart = scanner.getTokenOffset() + formatTextStart;
            addEdit(replaceContent, firstTokenEnd, secondTokenStart);
            firstToken = secondToken;
        }
        return editOperations;
    }
    exports.format = format;
    function repeat(s, count) {
        let result = '';
        for (let i = 0; i < count; i++) {
            result += s;
        }
        return result;
    }
    function computeIndentLevel(content, options) {
        let i = 0;
        let nChars = 0;
        const tabSize = options.tabSize || 4;
        while (i < content.length) {
            let ch = content.charAt(i);
            if (ch === string_intern_1.cachedSpaces[1]) {
                nChars++;
            }
            else if (ch === '\t') {
                nChars += tabSize;
            }
            else {
                break;
            }
            i++;
        }
        return Math.floor(nChars / tabSize);
    }
    function getEOL(options, text) {
        for (let i = 0; i < text.length; i++) {
            const ch = text.charAt(i);
            if (ch === '\r') {
                if (i + 1 < text.length && text.charAt(i + 1) === '\n') {
                    return '\r\n';
                }
                return '\r';
            }
            else if (ch === '\n') {
                return '\n';
            }
        }
        return (options && options.eol) || '\n';
    }
    function isEOL(text, offset) {
        return '\r\n'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isEOL = isEOL;
});


/***/ }),

/***/ 5152:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.getNodeType = exports.stripComments = exports.visit = exports.findNodeAtOffset = exports.contains = exports.getNodeValue = exports.getNodePath = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = void 0;
    const scanner_1 = __nccwpck_require__(8525);
    var ParseOptions;
    (function (ParseOptions) {
        ParseOptions.DEFAULT = {
            allowTrailingComma: false
        };
    })(ParseOptions || (ParseOptions = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    function getLocation(text, position) {
        const segments = []; // strings or numbers
        const earlyReturnException = new Object();
        let previousNode = undefined;
        const previousNodeInst = {
            value: {},
            offset: 0,
            length: 0,
            type: 'object',
            parent: undefined
        };
        let isAtPropertyKey = false;
        function setPreviousNode(value, offset, length, type) {
            previousNodeInst.value = value;
            previousNodeInst.offset = offset;
            previousNodeInst.length = length;
            previousNodeInst.type = type;
            previousNodeInst.colonOffset = undefined;
            previousNode = previousNodeInst;
        }
        try {
            visit(text, {
                onObjectBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    isAtPropertyKey = position > offset;
                    segments.push(''); // push a placeholder (will be replaced)
                },
                onObjectProperty: (name, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(name, offset, length, 'property');
                    segments[segments.length - 1] = name;
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onObjectEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onArrayBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.push(0);
                },
                onArrayEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onLiteralValue: (value, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(value, offset, length, getNodeType(value));
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onSeparator: (sep, offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    if (sep === ':' && previousNode && previousNode.type === 'property') {
                        previousNode.colonOffset = offset;
                        isAtPropertyKey = false;
                        previousNode = undefined;
                    }
                    else if (sep === ',') {
                        const last = segments[segments.length - 1];
                        if (typeof last === 'number') {
                            segments[segments.length - 1] = last + 1;
                        }
                        else {
                            isAtPropertyKey = true;
                            segments[segments.length - 1] = '';
                        }
                        previousNode = undefined;
                    }
                }
            });
        }
        catch (e) {
            if (e !== earlyReturnException) {
                throw e;
            }
        }
        return {
            path: segments,
            previousNode,
            isAtPropertyKey,
            matches: (pattern) => {
                let k = 0;
                for (let i = 0; k < pattern.length && i < segments.length; i++) {
                    if (pattern[k] === segments[i] || pattern[k] === '*') {
                        k++;
                    }
                    else if (pattern[k] !== '**') {
                        return false;
                    }
                }
                return k === pattern.length;
            }
        };
    }
    exports.getLocation = getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore always check the errors list to find out if the input was valid.
     */
    function parse(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentProperty = null;
        let currentParent = [];
        const previousParents = [];
        function onValue(value) {
            if (Array.isArray(currentParent)) {
                currentParent.push(value);
            }
            else if (currentProperty !== null) {
                currentParent[currentProperty] = value;
            }
        }
        const visitor = {
            onObjectBegin: () => {
                const object = {};
                onValue(object);
                previousParents.push(currentParent);
                currentParent = object;
                currentProperty = null;
            },
            onObjectProperty: (name) => {
                currentProperty = name;
            },
            onObjectEnd: () => {
                currentParent = previousParents.pop();
            },
            onArrayBegin: () => {
                const array = [];
                onValue(array);
                previousParents.push(currentParent);
                currentParent = array;
                currentProperty = null;
            },
            onArrayEnd: () => {
                currentParent = previousParents.pop();
            },
            onLiteralValue: onValue,
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        return currentParent[0];
    }
    exports.parse = parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    function parseTree(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentParent = { type: 'array', offset: -1, length: -1, children: [], parent: undefined }; // artificial root
        function ensurePropertyComplete(endOffset) {
            if (currentParent.type === 'property') {
                currentParent.length = endOffset - currentParent.offset;
                currentParent = currentParent.parent;
            }
        }
        function onValue(valueNode) {
            currentParent.children.push(valueNode);
            return valueNode;
        }
        const visitor = {
            onObjectBegin: (offset) => {
                currentParent = onValue({ type: 'object', offset, length: -1, parent: currentParent, children: [] });
            },
            onObjectProperty: (name, offset, length) => {
                currentParent = onValue({ type: 'property', offset, length: -1, parent: currentParent, children: [] });
                currentParent.children.push({ type: 'string', value: name, offset, length, parent: currentParent });
            },
            onObjectEnd: (offset, length) => {
                ensurePropertyComplete(offset + length); // in case of a missing value for a property: make sure property is complete
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onArrayBegin: (offset, length) => {
                currentParent = onValue({ type: 'array', offset, length: -1, parent: currentParent, children: [] });
            },
            onArrayEnd: (offset, length) => {
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onLiteralValue: (value, offset, length) => {
                onValue({ type: getNodeType(value), offset, length, parent: currentParent, value });
                ensurePropertyComplete(offset + length);
            },
            onSeparator: (sep, offset, length) => {
                if (currentParent.type === 'property') {
                    if (sep === ':') {
                        currentParent.colonOffset = offset;
                    }
                    else if (sep === ',') {
                        ensurePropertyComplete(offset);
                    }
                }
            },
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        const result = currentParent.children[0];
        if (result) {
            delete result.parent;
        }
        return result;
    }
    exports.parseTree = parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    function findNodeAtLocation(root, path) {
        if (!root) {
            return undefined;
        }
        let node = root;
        for (let segment of path) {
            if (typeof segment === 'string') {
                if (node.type !== 'object' || !Array.isArray(node.children)) {
                    return undefined;
                }
                let found = false;
                for (const propertyNode of node.children) {
                    if (Array.isArray(propertyNode.children) && propertyNode.children[0].value === segment && propertyNode.children.length === 2) {
                        node = propertyNode.children[1];
                        found = true;
                        break;
                    }
                }
                if (!found) {
                    return undefined;
                }
            }
            else {
                const index = segment;
                if (node.type !== 'array' || index < 0 || !Array.isArray(node.children) || index >= node.children.length) {
                    return undefined;
                }
                node = node.children[index];
            }
        }
        return node;
    }
    exports.findNodeAtLocation = findNodeAtLocation;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    function getNodePath(node) {
        if (!node.parent || !node.parent.children) {
            return [];
        }
        const path = getNodePath(node.parent);
        if (node.parent.type === 'property') {
            const key = node.parent.children[0].value;
            path.push(key);
        }
        else if (node.parent.type === 'array') {
            const index = node.parent.children.indexOf(node);
            if (index !== -1) {
                path.push(index);
            }
        }
        return path;
    }
    exports.getNodePath = getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    function getNodeValue(node) {
        switch (node.type) {
            case 'array':
                return node.children.map(getNodeValue);
            case 'object':
                const obj = Object.create(null);
                for (let prop of node.children) {
                    const valueNode = prop.children[1];
                    if (valueNode) {
                        obj[prop.children[0].value] = getNodeValue(valueNode);
                    }
                }
                return obj;
            case 'null':
            case 'string':
            case 'number':
            case 'boolean':
                return node.value;
            default:
                return undefined;
        }
    }
    exports.getNodeValue = getNodeValue;
    function contains(node, offset, includeRightBound = false) {
        return (offset >= node.offset && offset < (node.offset + node.length)) || includeRightBound && (offset === (node.offset + node.length));
    }
    exports.contains = contains;
    /**
     * Finds the most inner node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    function findNodeAtOffset(node, offset, includeRightBound = false) {
        if (contains(node, offset, includeRightBound)) {
            const children = node.children;
            if (Array.isArray(children)) {
                for (let i = 0; i < children.length && children[i].offset <= offset; i++) {
                    const item = findNodeAtOffset(children[i], offset, includeRightBound);
                    if (item) {
                        return item;
                    }
                }
            }
            return node;
        }
        return undefined;
    }
    exports.findNodeAtOffset = findNodeAtOffset;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    function visit(text, visitor, options = ParseOptions.DEFAULT) {
        const _scanner = (0, scanner_1.createScanner)(text, false);
        // Important: Only pass copies of this to visitor functions to prevent accidental modification, and
        // to not affect visitor functions which stored a reference to a previous JSONPath
        const _jsonPath = [];
        // Depth of onXXXBegin() callbacks suppressed. onXXXEnd() decrements this if it isn't 0 already.
        // Callbacks are only called when this value is 0.
        let suppressedCallbacks = 0;
        function toNoArgVisit(visitFunction) {
            return visitFunction ? () => suppressedCallbacks === 0 && visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisit(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisitWithPath(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice()) : () => true;
        }
        function toBeginVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks++;
                    }
                    else {
                        let cbReturn = visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice());
                        if (cbReturn === false) {
                            suppressedCallbacks = 1;
                        }
                    }
                }
                : () => true;
        }
        function toEndVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks--;
                    }
                    if (suppressedCallbacks === 0) {
                        visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter());
                    }
                }
                : () => true;
        }
        const onObjectBegin = toBeginVisit(visitor.onObjectBegin), onObjectProperty = toOneArgVisitWithPath(visitor.onObjectProperty), onObjectEnd = toEndVisit(visitor.onObjectEnd), onArrayBegin = toBeginVisit(visitor.onArrayBegin), onArrayEnd = toEndVisit(visitor.onArrayEnd), onLiteralValue = toOneArgVisitWithPath(visitor.onLiteralValue), onSeparator = toOneArgVisit(visitor.onSeparator), onComment = toNoArgVisit(visitor.onComment), onError = toOneArgVisit(visitor.onError);
        const disallowComments = options && options.disallowComments;
        const allowTrailingComma = options && options.allowTrailingComma;
        function scanNext() {
            while (true) {
                const token = _scanner.scan();
                switch (_scanner.getTokenError()) {
                    case 4 /* ScanError.InvalidUnicode */:
                        handleError(14 /* ParseErrorCode.InvalidUnicode */);
                        break;
                    case 5 /* ScanError.InvalidEscapeCharacter */:
                        handleError(15 /* ParseErrorCode.InvalidEscapeCharacter */);
                        break;
                    case 3 /* ScanError.UnexpectedEndOfNumber */:
                        handleError(13 /* ParseErrorCode.UnexpectedEndOfNumber */);
                        break;
                    case 1 /* ScanError.UnexpectedEndOfComment */:
                        if (!disallowComments) {
                            handleError(11 /* ParseErrorCode.UnexpectedEndOfComment */);
                        }
                        break;
                    case 2 /* ScanError.UnexpectedEndOfString */:
                        handleError(12 /* ParseErrorCode.UnexpectedEndOfString */);
                        break;
                    case 6 /* ScanError.InvalidCharacter */:
                        handleError(16 /* ParseErrorCode.InvalidCharacter */);
                        break;
                }
                switch (token) {
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (disallowComments) {
                            handleError(10 /* ParseErrorCode.InvalidCommentToken */);
                        }
                        else {
                            onComment();
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        handleError(1 /* ParseErrorCode.InvalidSymbol */);
                        break;
                    case 15 /* SyntaxKind.Trivia */:
                    case 14 /* SyntaxKind.LineBreakTrivia */:
                        break;
                    default:
                        return token;
                }
            }
        }
        function handleError(error, skipUntilAfter = [], skipUntil = []) {
            onError(error);
            if (skipUntilAfter.length + skipUntil.length > 0) {
                let token = _scanner.getToken();
                while (token !== 17 /* SyntaxKind.EOF */) {
                    if (skipUntilAfter.indexOf(token) !== -1) {
                        scanNext();
                        break;
                    }
                    else if (skipUntil.indexOf(token) !== -1) {
                        break;
                    }
                    token = scanNext();
                }
            }
        }
        function parseString(isValue) {
            const value = _scanner.getTokenValue();
            if (isValue) {
                onLiteralValue(value);
            }
            else {
                onObjectProperty(value);
                // add property name afterwards
                _jsonPath.push(value);
            }
            scanNext();
            return true;
        }
        function parseLiteral() {
            switch (_scanner.getToken()) {
                case 11 /* SyntaxKind.NumericLiteral */:
                    const tokenValue = _scanner.getTokenValue();
                    let value = Number(tokenValue);
                    if (isNaN(value)) {
                        handleError(2 /* ParseErrorCode.InvalidNumberFormat */);
                        value = 0;
                    }
                    onLiteralValue(value);
                    break;
                case 7 /* SyntaxKind.NullKeyword */:
                    onLiteralValue(null);
                    break;
                case 8 /* SyntaxKind.TrueKeyword */:
                    onLiteralValue(true);
                    break;
                case 9 /* SyntaxKind.FalseKeyword */:
                    onLiteralValue(false);
                    break;
                default:
                    return false;
            }
            scanNext();
            return true;
        }
        function parseProperty() {
            if (_scanner.getToken() !== 10 /* SyntaxKind.StringLiteral */) {
                handleError(3 /* ParseErrorCode.PropertyNameExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                return false;
            }
            parseString(false);
            if (_scanner.getToken() === 6 /* SyntaxKind.ColonToken */) {
                onSeparator(':');
                scanNext(); // consume colon
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
            }
            else {
                handleError(5 /* ParseErrorCode.ColonExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
            }
            _jsonPath.pop(); // remove processed property name
            return true;
        }
        function parseObject() {
            onObjectBegin();
            scanNext(); // consume open brace
            let needsComma = false;
            while (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 2 /* SyntaxKind.CloseBraceToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (!parseProperty()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onObjectEnd();
            if (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */) {
                handleError(7 /* ParseErrorCode.CloseBraceExpected */, [2 /* SyntaxKind.CloseBraceToken */], []);
            }
            else {
                scanNext(); // consume close brace
            }
            return true;
        }
        function parseArray() {
            onArrayBegin();
            scanNext(); // consume open bracket
            let isFirstElement = true;
            let needsComma = false;
            while (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 4 /* SyntaxKind.CloseBracketToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (isFirstElement) {
                    _jsonPath.push(0);
                    isFirstElement = false;
                }
                else {
                    _jsonPath[_jsonPath.length - 1]++;
                }
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [4 /* SyntaxKind.CloseBracketToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onArrayEnd();
            if (!isFirstElement) {
                _jsonPath.pop(); // remove array index
            }
            if (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */) {
                handleError(8 /* ParseErrorCode.CloseBracketExpected */, [4 /* SyntaxKind.CloseBracketToken */], []);
            }
            else {
                scanNext(); // consume close bracket
            }
            return true;
        }
        function parseValue() {
            switch (_scanner.getToken()) {
                case 3 /* SyntaxKind.OpenBracketToken */:
                    return parseArray();
                case 1 /* SyntaxKind.OpenBraceToken */:
                    return parseObject();
                case 10 /* SyntaxKind.StringLiteral */:
                    return parseString(true);
                default:
                    return parseLiteral();
            }
        }
        scanNext();
        if (_scanner.getToken() === 17 /* SyntaxKind.EOF */) {
            if (options.allowEmptyContent) {
                return true;
            }
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (!parseValue()) {
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (_scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
            handleError(9 /* ParseErrorCode.EndOfFileExpected */, [], []);
        }
        return true;
    }
    exports.visit = visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    function stripComments(text, replaceCh) {
        let _scanner = (0, scanner_1.createScanner)(text), parts = [], kind, offset = 0, pos;
        do {
            pos = _scanner.getPosition();
            kind = _scanner.scan();
            switch (kind) {
                case 12 /* SyntaxKind.LineCommentTrivia */:
                case 13 /* SyntaxKind.BlockCommentTrivia */:
                case 17 /* SyntaxKind.EOF */:
                    if (offset !== pos) {
                        parts.push(text.substring(offset, pos));
                    }
                    if (replaceCh !== undefined) {
                        parts.push(_scanner.getTokenValue().replace(/[^\r\n]/g, replaceCh));
                    }
                    offset = _scanner.getPosition();
                    break;
            }
        } while (kind !== 17 /* SyntaxKind.EOF */);
        return parts.join('');
    }
    exports.stripComments = stripComments;
    function getNodeType(value) {
        switch (typeof value) {
            case 'boolean': return 'boolean';
            case 'number': return 'number';
            case 'string': return 'string';
            case 'object': {
                if (!value) {
                    return 'null';
                }
                else if (Array.isArray(value)) {
                    return 'array';
                }
                return 'object';
            }
            default: return 'null';
        }
    }
    exports.getNodeType = getNodeType;
});


/***/ }),

/***/ 8525:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.createScanner = void 0;
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    function createScanner(text, ignoreTrivia = false) {
        const len = text.length;
        let pos = 0, value = '', tokenOffset = 0, token = 16 /* SyntaxKind.Unknown */, lineNumber = 0, lineStartOffset = 0, tokenLineStartOffset = 0, prevTokenLineStartOffset = 0, scanError = 0 /* ScanError.None */;
        function scanHexDigits(count, exact) {
            let digits = 0;
            let value = 0;
            while (digits < count || !exact) {
                let ch = text.charCodeAt(pos);
                if (ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */) {
                    value = value * 16 + ch - 48 /* CharacterCodes._0 */;
                }
                else if (ch >= 65 /* CharacterCodes.A */ && ch <= 70 /* CharacterCodes.F */) {
                    value = value * 16 + ch - 65 /* CharacterCodes.A */ + 10;
                }
                else if (ch >= 97 /* CharacterCodes.a */ && ch <= 102 /* CharacterCodes.f */) {
                    value = value * 16 + ch - 97 /* CharacterCodes.a */ + 10;
                }
                else {
                    break;
                }
                pos++;
                digits++;
            }
            if (digits < count) {
                value = -1;
            }
            return value;
        }
        function setPosition(newPosition) {
            pos = newPosition;
            value = '';
            tokenOffset = 0;
            token = 16 /* SyntaxKind.Unknown */;
            scanError = 0 /* ScanError.None */;
        }
        function scanNumber() {
            let start = pos;
            if (text.charCodeAt(pos) === 48 /* CharacterCodes._0 */) {
                pos++;
            }
            else {
                pos++;
                while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                }
            }
            if (pos < text.length && text.charCodeAt(pos) === 46 /* CharacterCodes.dot */) {
                pos++;
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                    return text.substring(start, pos);
                }
            }
            let end = pos;
            if (pos < text.length && (text.charCodeAt(pos) === 69 /* CharacterCodes.E */ || text.charCodeAt(pos) === 101 /* CharacterCodes.e */)) {
                pos++;
                if (pos < text.length && text.charCodeAt(pos) === 43 /* CharacterCodes.plus */ || text.charCodeAt(pos) === 45 /* CharacterCodes.minus */) {
                    pos++;
                }
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                    end = pos;
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                }
            }
            return text.substring(start, end);
        }
        function scanString() {
            let result = '', start = pos;
            while (true) {
                if (pos >= len) {
                    result += text.substring(start, pos);
                    scanError = 2 /* ScanError.UnexpectedEndOfString */;
                    break;
                }
                const ch = text.charCodeAt(pos);
                if (ch === 34 /* CharacterCodes.doubleQuote */) {
                    result += text.substring(start, pos);
                    pos++;
                    break;
                }
                if (ch === 92 /* CharacterCodes.backslash */) {
                    result += text.substring(start, pos);
                    pos++;
                    if (pos >= len) {
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    const ch2 = text.charCodeAt(pos++);
                    switch (ch2) {
                        case 34 /* CharacterCodes.doubleQuote */:
                            result += '\"';
                            break;
                        case 92 /* CharacterCodes.backslash */:
                            result += '\\';
                            break;
                        case 47 /* CharacterCodes.slash */:
                            result += '/';
                            break;
                        case 98 /* CharacterCodes.b */:
                            result += '\b';
                            break;
                        case 102 /* CharacterCodes.f */:
                            result += '\f';
                            break;
                        case 110 /* CharacterCodes.n */:
                            result += '\n';
                            break;
                        case 114 /* CharacterCodes.r */:
                            result += '\r';
                            break;
                        case 116 /* CharacterCodes.t */:
                            result += '\t';
                            break;
                        case 117 /* CharacterCodes.u */:
                            const ch3 = scanHexDigits(4, true);
                            if (ch3 >= 0) {
                                result += String.fromCharCode(ch3);
                            }
                            else {
                                scanError = 4 /* ScanError.InvalidUnicode */;
                            }
                            break;
                        default:
                            scanError = 5 /* ScanError.InvalidEscapeCharacter */;
                    }
                    start = pos;
                    continue;
                }
                if (ch >= 0 && ch <= 0x1f) {
                    if (isLineBreak(ch)) {
                        result += text.substring(start, pos);
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    else {
                        scanError = 6 /* ScanError.InvalidCharacter */;
                        // mark as error but continue with string
                    }
                }
                pos++;
            }
            return result;
        }
        function scanNext() {
            value = '';
            scanError = 0 /* ScanError.None */;
            tokenOffset = pos;
            lineStartOffset = lineNumber;
            prevTokenLineStartOffset = tokenLineStartOffset;
            if (pos >= len) {
                // at the end
                tokenOffset = len;
                return token = 17 /* SyntaxKind.EOF */;
            }
            let code = text.charCodeAt(pos);
            // trivia: whitespace
            if (isWhiteSpace(code)) {
                do {
                    pos++;
                    value += String.fromCharCode(code);
                    code = text.charCodeAt(pos);
                } while (isWhiteSpace(code));
                return token = 15 /* SyntaxKind.Trivia */;
            }
            // trivia: newlines
            if (isLineBreak(code)) {
                pos++;
                value += String.fromCharCode(code);
                if (code === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                    pos++;
                    value += '\n';
                }
                lineNumber++;
                tokenLineStartOffset = pos;
                return token = 14 /* SyntaxKind.LineBreakTrivia */;
            }
            switch (code) {
                // tokens: []{}:,
                case 123 /* CharacterCodes.openBrace */:
                    pos++;
                    return token = 1 /* SyntaxKind.OpenBraceToken */;
                case 125 /* CharacterCodes.closeBrace */:
                    pos++;
                    return token = 2 /* SyntaxKind.CloseBraceToken */;
                case 91 /* CharacterCodes.openBracket */:
                    pos++;
                    return token = 3 /* SyntaxKind.OpenBracketToken */;
                case 93 /* CharacterCodes.closeBracket */:
                    pos++;
                    return token = 4 /* SyntaxKind.CloseBracketToken */;
                case 58 /* CharacterCodes.colon */:
                    pos++;
                    return token = 6 /* SyntaxKind.ColonToken */;
                case 44 /* CharacterCodes.comma */:
                    pos++;
                    return token = 5 /* SyntaxKind.CommaToken */;
                // strings
                case 34 /* CharacterCodes.doubleQuote */:
                    pos++;
                    value = scanString();
                    return token = 10 /* SyntaxKind.StringLiteral */;
                // comments
                case 47 /* CharacterCodes.slash */:
                    const start = pos - 1;
                    // Single-line comment
                    if (text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                        pos += 2;
                        while (pos < len) {
                            if (isLineBreak(text.charCodeAt(pos))) {
                                break;
                            }
                            pos++;
                        }
                        value = text.substring(start, pos);
                        return token = 12 /* SyntaxKind.LineCommentTrivia */;
                    }
                    // Multi-line comment
                    if (text.charCodeAt(pos + 1) === 42 /* CharacterCodes.asterisk */) {
                        pos += 2;
                        const safeLength = len - 1; // For lookahead.
                        let commentClosed = false;
                        while (pos < safeLength) {
                            const ch = text.charCodeAt(pos);
                            if (ch === 42 /* CharacterCodes.asterisk */ && text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                                pos += 2;
                                commentClosed = true;
                                break;
                            }
                            pos++;
                            if (isLineBreak(ch)) {
                                if (ch === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                                    pos++;
                                }
                                lineNumber++;
                                tokenLineStartOffset = pos;
                            }
                        }
                        if (!commentClosed) {
                            pos++;
                            scanError = 1 /* ScanError.UnexpectedEndOfComment */;
                        }
                        value = text.substring(start, pos);
                        return token = 13 /* SyntaxKind.BlockCommentTrivia */;
                    }
                    // just a single slash
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
                // numbers
                case 45 /* CharacterCodes.minus */:
                    value += String.fromCharCode(code);
                    pos++;
                    if (pos === len || !isDigit(text.charCodeAt(pos))) {
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                // found a minus, followed by a number so
                // we fall through to proceed with scanning
                // numbers
                case 48 /* CharacterCodes._0 */:
                case 49 /* CharacterCodes._1 */:
                case 50 /* CharacterCodes._2 */:
                case 51 /* CharacterCodes._3 */:
                case 52 /* CharacterCodes._4 */:
                case 53 /* CharacterCodes._5 */:
                case 54 /* CharacterCodes._6 */:
                case 55 /* CharacterCodes._7 */:
                case 56 /* CharacterCodes._8 */:
                case 57 /* CharacterCodes._9 */:
                    value += scanNumber();
                    return token = 11 /* SyntaxKind.NumericLiteral */;
                // literals and unknown symbols
                default:
                    // is a literal? Read the full word.
                    while (pos < len && isUnknownContentCharacter(code)) {
                        pos++;
                        code = text.charCodeAt(pos);
                    }
                    if (tokenOffset !== pos) {
                        value = text.substring(tokenOffset, pos);
                        // keywords: true, false, null
                        switch (value) {
                            case 'true': return token = 8 /* SyntaxKind.TrueKeyword */;
                            case 'false': return token = 9 /* SyntaxKind.FalseKeyword */;
                            case 'null': return token = 7 /* SyntaxKind.NullKeyword */;
                        }
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                    // some
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
            }
        }
        function isUnknownContentCharacter(code) {
            if (isWhiteSpace(code) || isLineBreak(code)) {
                return false;
            }
            switch (code) {
                case 125 /* CharacterCodes.closeBrace */:
                case 93 /* CharacterCodes.closeBracket */:
                case 123 /* CharacterCodes.openBrace */:
                case 91 /* CharacterCodes.openBracket */:
                case 34 /* CharacterCodes.doubleQuote */:
                case 58 /* CharacterCodes.colon */:
                case 44 /* CharacterCodes.comma */:
                case 47 /* CharacterCodes.slash */:
                    return false;
            }
            return true;
        }
        function scanNextNonTrivia() {
            let result;
            do {
                result = scanNext();
            } while (result >= 12 /* SyntaxKind.LineCommentTrivia */ && result <= 15 /* SyntaxKind.Trivia */);
            return result;
        }
        return {
            setPosition: setPosition,
            getPosition: () => pos,
            scan: ignoreTrivia ? scanNextNonTrivia : scanNext,
            getToken: () => token,
            getTokenValue: () => value,
            getTokenOffset: () => tokenOffset,
            getTokenLength: () => pos - tokenOffset,
            getTokenStartLine: () => lineStartOffset,
            getTokenStartCharacter: () => tokenOffset - prevTokenLineStartOffset,
            getTokenError: () => scanError,
        };
    }
    exports.createScanner = createScanner;
    function isWhiteSpace(ch) {
        return ch === 32 /* CharacterCodes.space */ || ch === 9 /* CharacterCodes.tab */;
    }
    function isLineBreak(ch) {
        return ch === 10 /* CharacterCodes.lineFeed */ || ch === 13 /* CharacterCodes.carriageReturn */;
    }
    function isDigit(ch) {
        return ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */;
    }
    var CharacterCodes;
    (function (CharacterCodes) {
        CharacterCodes[CharacterCodes["lineFeed"] = 10] = "lineFeed";
        CharacterCodes[CharacterCodes["carriageReturn"] = 13] = "carriageReturn";
        CharacterCodes[CharacterCodes["space"] = 32] = "space";
        CharacterCodes[CharacterCodes["_0"] = 48] = "_0";
        CharacterCodes[CharacterCodes["_1"] = 49] = "_1";
        CharacterCodes[CharacterCodes["_2"] = 50] = "_2";
        CharacterCodes[CharacterCodes["_3"] = 51] = "_3";
        CharacterCodes[CharacterCodes["_4"] = 52] = "_4";
        CharacterCodes[CharacterCodes["_5"] = 53] = "_5";
        CharacterCodes[CharacterCodes["_6"] = 54] = "_6";
        CharacterCodes[CharacterCodes["_7"] = 55] = "_7";
        CharacterCodes[CharacterCodes["_8"] = 56] = "_8";
        CharacterCodes[CharacterCodes["_9"] = 57] = "_9";
        CharacterCodes[CharacterCodes["a"] = 97] = "a";
        CharacterCodes[CharacterCodes["b"] = 98] = "b";
        CharacterCodes[CharacterCodes["c"] = 99] = "c";
        CharacterCodes[CharacterCodes["d"] = 100] = "d";
        CharacterCodes[CharacterCodes["e"] = 101] = "e";
        CharacterCodes[CharacterCodes["f"] = 102] = "f";
        CharacterCodes[CharacterCodes["g"] = 103] = "g";
        CharacterCodes[CharacterCodes["h"] = 104] = "h";
        CharacterCodes[CharacterCodes["i"] = 105] = "i";
        CharacterCodes[CharacterCodes["j"] = 106] = "j";
        CharacterCodes[CharacterCodes["k"] = 107] = "k";
        CharacterCodes[CharacterCodes["l"] = 108] = "l";
        CharacterCodes[CharacterCodes["m"] = 109] = "m";
        CharacterCodes[CharacterCodes["n"] = 110] = "n";
        CharacterCodes[CharacterCodes["o"] = 111] = "o";
        CharacterCodes[CharacterCodes["p"] = 112] = "p";
        CharacterCodes[CharacterCodes["q"] = 113] = "q";
        CharacterCodes[CharacterCodes["r"] = 114] = "r";
        CharacterCodes[CharacterCodes["s"] = 115] = "s";
        CharacterCodes[CharacterCodes["t"] = 116] = "t";
        CharacterCodes[CharacterCodes["u"] = 117] = "u";
        CharacterCodes[CharacterCodes["v"] = 118] = "v";
        CharacterCodes[CharacterCodes["w"] = 119] = "w";
        CharacterCodes[CharacterCodes["x"] = 120] = "x";
        CharacterCodes[CharacterCodes["y"] = 121] = "y";
        CharacterCodes[CharacterCodes["z"] = 122] = "z";
        CharacterCodes[CharacterCodes["A"] = 65] = "A";
        CharacterCodes[CharacterCodes["B"] = 66] = "B";
        CharacterCodes[CharacterCodes["C"] = 67] = "C";
        CharacterCodes[CharacterCodes["D"] = 68] = "D";
        CharacterCodes[CharacterCodes["E"] = 69] = "E";
        CharacterCodes[CharacterCodes["F"] = 70] = "F";
        CharacterCodes[CharacterCodes["G"] = 71] = "G";
        CharacterCodes[CharacterCodes["H"] = 72] = "H";
        CharacterCodes[CharacterCodes["I"] = 73] = "I";
        CharacterCodes[CharacterCodes["J"] = 74] = "J";
        CharacterCodes[CharacterCodes["K"] = 75] = "K";
        CharacterCodes[CharacterCodes["L"] = 76] = "L";
        CharacterCodes[CharacterCodes["M"] = 77] = "M";
        CharacterCodes[CharacterCodes["N"] = 78] = "N";
        CharacterCodes[CharacterCodes["O"] = 79] = "O";
        CharacterCodes[CharacterCodes["P"] = 80] = "P";
        CharacterCodes[CharacterCodes["Q"] = 81] = "Q";
        CharacterCodes[CharacterCodes["R"] = 82] = "R";
        CharacterCodes[CharacterCodes["S"] = 83] = "S";
        CharacterCodes[CharacterCodes["T"] = 84] = "T";
        CharacterCodes[CharacterCodes["U"] = 85] = "U";
        CharacterCodes[CharacterCodes["V"] = 86] = "V";
        CharacterCodes[CharacterCodes["W"] = 87] = "W";
        CharacterCodes[CharacterCodes["X"] = 88] = "X";
        CharacterCodes[CharacterCodes["Y"] = 89] = "Y";
        CharacterCodes[CharacterCodes["Z"] = 90] = "Z";
        CharacterCodes[CharacterCodes["asterisk"] = 42] = "asterisk";
        CharacterCodes[CharacterCodes["backslash"] = 92] = "backslash";
        CharacterCodes[CharacterCodes["closeBrace"] = 125] = "closeBrace";
        CharacterCodes[CharacterCodes["closeBracket"] = 93] = "closeBracket";
        CharacterCodes[CharacterCodes["colon"] = 58] = "colon";
        CharacterCodes[CharacterCodes["comma"] = 44] = "comma";
        CharacterCodes[CharacterCodes["dot"] = 46] = "dot";
        CharacterCodes[CharacterCodes["doubleQuote"] = 34] = "doubleQuote";
        CharacterCodes[CharacterCodes["minus"] = 45] = "minus";
        CharacterCodes[CharacterCodes["openBrace"] = 123] = "openBrace";
        CharacterCodes[CharacterCodes["openBracket"] = 91] = "openBracket";
        CharacterCodes[CharacterCodes["plus"] = 43] = "plus";
        CharacterCodes[CharacterCodes["slash"] = 47] = "slash";
        CharacterCodes[CharacterCodes["formFeed"] = 12] = "formFeed";
        CharacterCodes[CharacterCodes["tab"] = 9] = "tab";
    })(CharacterCodes || (CharacterCodes = {}));
});


/***/ }),

/***/ 4579:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    "use strict";
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.supportedEols = exports.cachedBreakLinesWithSpaces = exports.cachedSpaces = void 0;
    exports.cachedSpaces = new Array(20).fill(0).map((_, index) => {
        return ' '.repeat(index);
    });
    const maxCachedValues = 200;
    exports.cachedBreakLinesWithSpaces = {
        ' ': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + ' '.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + ' '.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + ' '.repeat(index);
            }),
        },
        '\t': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + '\t'.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + '\t'.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + '\t'.repeat(index);
            }),
        }
    };
    exports.supportedEols = ['\n', '\r', '\r\n'];
});


/***/ }),

/***/ 9547:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./impl/format", "./impl/edit", "./impl/scanner", "./impl/parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.applyEdits = exports.modify = exports.format = exports.printParseErrorCode = exports.ParseErrorCode = exports.stripComments = exports.visit = exports.getNodeValue = exports.getNodePath = exports.findNodeAtOffset = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = exports.SyntaxKind = exports.ScanError = exports.createScanner = void 0;
    const formatter = __nccwpck_require__(6612);
    const edit = __nccwpck_require__(4807);
    const scanner = __nccwpck_require__(8525);
    const parser = __nccwpck_require__(5152);
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    exports.createScanner = scanner.createScanner;
    var ScanError;
    (function (ScanError) {
        ScanError[ScanError["None"] = 0] = "None";
        ScanError[ScanError["UnexpectedEndOfComment"] = 1] = "UnexpectedEndOfComment";
        ScanError[ScanError["UnexpectedEndOfString"] = 2] = "UnexpectedEndOfString";
        ScanError[ScanError["UnexpectedEndOfNumber"] = 3] = "UnexpectedEndOfNumber";
        ScanError[ScanError["InvalidUnicode"] = 4] = "InvalidUnicode";
        ScanError[ScanError["InvalidEscapeCharacter"] = 5] = "InvalidEscapeCharacter";
        ScanError[ScanError["InvalidCharacter"] = 6] = "InvalidCharacter";
    })(ScanError || (exports.ScanError = ScanError = {}));
    var SyntaxKind;
    (function (SyntaxKind) {
        SyntaxKind[SyntaxKind["OpenBraceToken"] = 1] = "OpenBraceToken";
        SyntaxKind[SyntaxKind["CloseBraceToken"] = 2] = "CloseBraceToken";
        SyntaxKind[SyntaxKind["OpenBracketToken"] = 3] = "OpenBracketToken";
        SyntaxKind[SyntaxKind["CloseBracketToken"] = 4] = "CloseBracketToken";
        SyntaxKind[SyntaxKind["CommaToken"] = 5] = "CommaToken";
        SyntaxKind[SyntaxKind["ColonToken"] = 6] = "ColonToken";
        SyntaxKind[SyntaxKind["NullKeyword"] = 7] = "NullKeyword";
        SyntaxKind[SyntaxKind["TrueKeyword"] = 8] = "TrueKeyword";
        SyntaxKind[SyntaxKind["FalseKeyword"] = 9] = "FalseKeyword";
        SyntaxKind[SyntaxKind["StringLiteral"] = 10] = "StringLiteral";
        SyntaxKind[SyntaxKind["NumericLiteral"] = 11] = "NumericLiteral";
        SyntaxKind[SyntaxKind["LineCommentTrivia"] = 12] = "LineCommentTrivia";
        SyntaxKind[SyntaxKind["BlockCommentTrivia"] = 13] = "BlockCommentTrivia";
        SyntaxKind[SyntaxKind["LineBreakTrivia"] = 14] = "LineBreakTrivia";
        SyntaxKind[SyntaxKind["Trivia"] = 15] = "Trivia";
        SyntaxKind[SyntaxKind["Unknown"] = 16] = "Unknown";
        SyntaxKind[SyntaxKind["EOF"] = 17] = "EOF";
    })(SyntaxKind || (exports.SyntaxKind = SyntaxKind = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    exports.getLocation = parser.getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore, always check the errors list to find out if the input was valid.
     */
    exports.parse = parser.parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    exports.parseTree = parser.parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    exports.findNodeAtLocation = parser.findNodeAtLocation;
    /**
     * Finds the innermost node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    exports.findNodeAtOffset = parser.findNodeAtOffset;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    exports.getNodePath = parser.getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    exports.getNodeValue = parser.getNodeValue;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    exports.visit = parser.visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    exports.stripComments = parser.stripComments;
    var ParseErrorCode;
    (function (ParseErrorCode) {
        ParseErrorCode[ParseErrorCode["InvalidSymbol"] = 1] = "InvalidSymbol";
        ParseErrorCode[ParseErrorCode["InvalidNumberFormat"] = 2] = "InvalidNumberFormat";
        ParseErrorCode[ParseErrorCode["PropertyNameExpected"] = 3] = "PropertyNameExpected";
        ParseErrorCode[ParseErrorCode["ValueExpected"] = 4] = "ValueExpected";
        ParseErrorCode[ParseErrorCode["ColonExpected"] = 5] = "ColonExpected";
        ParseErrorCode[ParseErrorCode["CommaExpected"] = 6] = "CommaExpected";
        ParseErrorCode[ParseErrorCode["CloseBraceExpected"] = 7] = "CloseBraceExpected";
        ParseErrorCode[ParseErrorCode["CloseBracketExpected"] = 8] = "CloseBracketExpected";
        ParseErrorCode[ParseErrorCode["EndOfFileExpected"] = 9] = "EndOfFileExpected";
        ParseErrorCode[ParseErrorCode["InvalidCommentToken"] = 10] = "InvalidCommentToken";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfComment"] = 11] = "UnexpectedEndOfComment";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfString"] = 12] = "UnexpectedEndOfString";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfNumber"] = 13] = "UnexpectedEndOfNumber";
        ParseErrorCode[ParseErrorCode["InvalidUnicode"] = 14] = "InvalidUnicode";
        ParseErrorCode[ParseErrorCode["InvalidEscapeCharacter"] = 15] = "InvalidEscapeCharacter";
        ParseErrorCode[ParseErrorCode["InvalidCharacter"] = 16] = "InvalidCharacter";
    })(ParseErrorCode || (exports.ParseErrorCode = ParseErrorCode = {}));
    function printParseErrorCode(code) {
        switch (code) {
            case 1 /* ParseErrorCode.InvalidSymbol */: return 'InvalidSymbol';
            case 2 /* ParseErrorCode.InvalidNumberFormat */: return 'InvalidNumberFormat';
            case 3 /* ParseErrorCode.PropertyNameExpected */: return 'PropertyNameExpected';
            case 4 /* ParseErrorCode.ValueExpected */: return 'ValueExpected';
            case 5 /* ParseErrorCode.ColonExpected */: return 'ColonExpected';
            case 6 /* ParseErrorCode.CommaExpected */: return 'CommaExpected';
            case 7 /* ParseErrorCode.CloseBraceExpected */: return 'CloseBraceExpected';
            case 8 /* ParseErrorCode.CloseBracketExpected */: return 'CloseBracketExpected';
            case 9 /* ParseErrorCode.EndOfFileExpected */: return 'EndOfFileExpected';
            case 10 /* ParseErrorCode.InvalidCommentToken */: return 'InvalidCommentToken';
            case 11 /* ParseErrorCode.UnexpectedEndOfComment */: return 'UnexpectedEndOfComment';
            case 12 /* ParseErrorCode.UnexpectedEndOfString */: return 'UnexpectedEndOfString';
            case 13 /* ParseErrorCode.UnexpectedEndOfNumber */: return 'UnexpectedEndOfNumber';
            case 14 /* ParseErrorCode.InvalidUnicode */: return 'InvalidUnicode';
            case 15 /* ParseErrorCode.InvalidEscapeCharacter */: return 'InvalidEscapeCharacter';
            case 16 /* ParseErrorCode.InvalidCharacter */: return 'InvalidCharacter';
        }
        return '<unknown ParseErrorCode>';
    }
    exports.printParseErrorCode = printParseErrorCode;
    /**
     * Computes the edit operations needed to format a JSON document.
     *
     * @param documentText The input text
     * @param range The range to format or `undefined` to format the full content
     * @param options The formatting options
     * @returns The edit operations describing the formatting changes to the original document following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function format(documentText, range, options) {
        return formatter.format(documentText, range, options);
    }
    exports.format = format;
    /**
     * Computes the edit operations needed to modify a value in the JSON document.
     *
     * @param documentText The input text
     * @param path The path of the value to change. The path represents either to the document root, a property or an array item.
     * If the path points to an non-existing property or item, it will be created.
     * @param value The new value for the specified property or item. If the value is undefined,
     * the property or item will be removed.
     * @param options Options
     * @returns The edit operations describing the changes to the original document, following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function modify(text, path, value, options) {
        return edit.setProperty(text, path, value, options);
    }
    exports.modify = modify;
    /**
     * Applies edits to an input string.
     * @param text The input text
     * @param edits Edit operations following the format described in {@linkcode EditResult}.
     * @returns The text with the applied edits.
     * @throws An error if the edit operations are not well-formed as described in {@linkcode EditResult}.
     */
    function applyEdits(text, edits) {
        let sortedEdits = edits.slice(0).sort((a, b) => {
            const diff = a.offset - b.offset;
            if (diff === 0) {
                return a.length - b.length;
            }
            return diff;
        });
        let lastModifiedOffset = text.length;
        for (let i = sortedEdits.length - 1; i >= 0; i--) {
            let e = sortedEdits[i];
            if (e.offset + e.length <= lastModifiedOffset) {
                text = edit.applyEdit(text, e);
            }
            else {
                throw new Error('Overlapping edit');
            }
            lastModifiedOffset = e.offset;
        }
        return text;
    }
    exports.applyEdits = applyEdits;
});


/***/ }),

/***/ 3566:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ readEvent)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _workspace_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8047);


/** Reads the event from the environment that a runner sets. */
function readEvent(env) {
    const payload = readPayload(env['GITHUB_EVENT_PATH']);
    const pullRequest = (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'pull_request');
    const number = (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'number');
    const head = (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)((0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'head'), 'repo');
    const base = (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)((0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'base'), 'repo');
    const repository = env['GITHUB_REPOSITORY'];
    return {
        ref: env['GITHUB_REF'] ?? '',
        sha: env['GITHUB_SHA'] ?? '',
        repositoryUrl: repository ? `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}` : '',
        pullRequest: typeof number === 'number'
            ? // A head repository that is gone was a fork.
                { number, fromFork: (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(head, 'full_name') !== (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(base, 'full_name') }
            : undefined,
    };
}
function readPayload(path) {
    if (!path)
        return undefined;
    try {
        return (0,_workspace_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8')));
    }
    catch {
        // Without its payload an event is only its environment.
        return undefined;
    }
}


/***/ }),

/***/ 4777:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  eb: () => (/* binding */ UsageError),
  Z$: () => (/* binding */ inputDefinitions),
  TL: () => (/* binding */ parseInputs)
});

;// CONCATENATED MODULE: ./src/action/list.ts
/**
 * Splits a list input: one item a line, or separated by commas on one line; a line that starts with `#` is a
 * comment. A comma inside `key=value` pairs such as `type=gha,mode=max` belongs to the item.
 */
function parseList(text) {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .flatMap((line) => (line.includes('=') ? [line] : line.split(',').map((item) => item.trim())))
        .filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./src/action/inputs.ts

/** Every input, in the order of the documentation. action.yml and the README's table are made from this. */
const inputDefinitions = {
    mode: {
        default: 'check',
        description: '`check`: read only; `sync`: also write the registration files; `deploy`: also build, prove and push the image; `rollback`: move the tags back to an earlier proven image (not yet available)',
    },
    to: {
        default: '',
        description: '`rollback`: the digest to go back to; empty: the one that the current image records as its predecessor',
    },
    path: {
        default: '.',
        description: 'The Tailchat checkout, relative to the workspace; a path outside the workspace is refused',
    },
    declarations: {
        default: 'tailchat-plugins.yml',
        description: 'The declarations file, relative to `path`; optional unless set explicitly',
    },
    undeclared: {
        default: 'report',
        description: 'A plugin that is registered nowhere and not declared: `report` it (a warning), or `offer` it (plugin registry for a frontend plugin, install list for a full-stack one)',
    },
    'fail-on': {
        default: 'error',
        description: 'Lowest severity that fails the step: `error`, `warning`, `never`',
    },
    commit: {
        default: 'none',
        description: 'What happens to the edits of `sync`: `none` (left in the working tree); `push` and `pull-request` are not yet available',
    },
    'commit-message': {
        default: 'chore: update Tailchat plugin registrations',
        description: 'The message of the commit',
    },
    branch: { default: 'tailchat-plugins/sync', description: 'The branch of the pull request' },
    'github-token': { default: '${{ github.token }}', description: 'The token for `commit` and `comment`' },
    images: {
        default: '',
        description: 'Image names without a tag, such as `ghcr.io/acme/tailchat`; needed by `deploy`',
    },
    tags: {
        default: '',
        description: 'Tags, or full `name:tag` references (as other tag-making actions output them); empty: derived from the event',
    },
    labels: { default: '', description: 'Labels of the image, `key=value`' },
    'build-args': { default: '', description: 'Build arguments, `KEY=value`' },
    'build-secrets': {
        default: '',
        description: 'Build secrets as buildx takes them, such as `id=npm,env=NPM_TOKEN`',
    },
    platforms: {
        default: '',
        description: 'Platforms to build for, such as `linux/amd64`; empty: that of the builder',
    },
    'cache-from': { default: '', description: 'Where buildx reads its cache, such as `type=gha`' },
    'cache-to': { default: '', description: 'Where buildx writes its cache, such as `type=gha,mode=max`' },
    dockerfile: { default: 'Dockerfile', description: 'The Dockerfile, relative to `path`' },
    context: { default: '.', description: 'The build context, relative to `path`' },
    builder: { default: '', description: 'The buildx builder; empty: the current one' },
    strategy: {
        default: 'auto',
        description: '`full`: the repository’s own Dockerfile; `auto` chooses and says why; `overlay` (only the plugins, on `base-image`) is not yet available',
    },
    'base-image': { default: '', description: 'The image an overlay goes on' },
    'app-dir': { default: '/app/tailchat', description: 'Where the application lives in the image' },
    push: { default: 'true', description: '`false` builds and proves without pushing' },
    registry: { default: '', description: 'Host of the container registry to log in to for this step alone' },
    username: { default: '', description: 'User name for the login' },
    password: {
        default: '',
        description: 'Password or token for the login; it goes over standard input and is forgotten after the step',
    },
    verify: {
        default: 'load',
        description: '`none`; `load`: construct every service in the built image, without a network; `boot` (start the stack and read `/health`) is not yet available',
    },
    'boot-compose-file': { default: '', description: 'The compose stack for `boot`' },
    'boot-service': { default: '', description: 'Which of its services carries the built image' },
    'boot-timeout': { default: '180', description: 'Seconds until `boot` gives up' },
    summary: { default: 'true', description: 'Write the job summary' },
    comment: {
        default: 'false',
        description: 'One pull-request comment, updated in place (not yet available)',
    },
    'sarif-file': { default: '', description: 'Write SARIF 2.1.0 there (not yet available)' },
    'report-file': { default: '', description: 'Write the whole report as JSON there' },
    'dry-run': { default: 'false', description: 'Decide and report everything, change nothing anywhere' },
};
/** The user's mistakes in the inputs, one line each. */
class UsageError extends Error {
    problems;
    constructor(problems) {
        super(problems.join('\n'));
        this.problems = problems;
        this.name = 'UsageError';
    }
}
/** Choices of the public interface that this version does not carry out. They are refused, never ignored. */
const NOT_YET = [
    {
        input: 'mode',
        isAsked: (value) => value === 'rollback',
        instead: 'move the tag with `docker buildx imagetools create`',
    },
    {
        input: 'commit',
        isAsked: (value) => value === 'push' || value === 'pull-request',
        instead: 'commit the edits in a later step',
    },
    { input: 'strategy', isAsked: (value) => value === 'overlay', instead: 'use `full`' },
    { input: 'verify', isAsked: (value) => value === 'boot', instead: 'use `load`' },
    { input: 'comment', isAsked: (value) => value === 'true', instead: 'read the job summary' },
    { input: 'sarif-file', isAsked: (value) => value !== '', instead: 'use `report-file`' },
];
/**
 * Reads and checks every input.
 * @param read gives an input's text; empty when it is not set
 * @throws {UsageError} with all mistakes at once
 */
function parseInputs(read) {
    const problems = [];
    const given = new Map();
    for (const name of Object.keys(inputDefinitions))
        given.set(name, read(name).trim());
    const text = (name) => given.get(name) || inputDefinitions[name].default;
    const list = (name) => parseList(text(name));
    const choice = (name, allowed) => {
        const value = allowed.find((each) => each === text(name));
        if (value !== undefined)
            return value;
        problems.push(`${name}: found ${JSON.stringify(text(name))}; allowed: ${allowed.join(', ')}`);
        return allowed[0];
    };
    const boolean = (name) => {
        const value = text(name);
        if (/^(true|True|TRUE)$/.test(value))
            return true;
        if (!/^(false|False|FALSE)$/.test(value))
            problems.push(`${name}: found ${JSON.stringify(value)}; allowed: true, false`);
        return false;
    };
    for (const { input, isAsked, instead } of NOT_YET)
        if (isAsked(text(input)))
            problems.push(`${input}: ${text(input)} is not available in this version; ${instead}`);
    const username = text('username');
    const password = text('password');
    if ((username === '') !== (password === ''))
        problems.push('username and password: set both to log in, or neither');
    const inputs = {
        mode: text('mode') === 'rollback' ? 'check' : choice('mode', ['check', 'sync', 'deploy']),
        path: text('path'),
        declarations: { file: text('declarations'), required: given.get('declarations') !== '' },
        undeclared: choice('undeclared', ['report', 'offer']),
        failOn: choice('fail-on', ['error', 'warning', 'never']),
        image: {
            names: list('images'),
            tags: list('tags'),
            labels: list('labels'),
            buildArgs: list('build-args'),
            buildSecrets: list('build-secrets'),
            platforms: list('platforms'),
            cacheFrom: list('cache-from'),
            cacheTo: list('cache-to'),
            dockerfile: text('dockerfile'),
            context: text('context'),
            builder: text('builder'),
            appDir: text('app-dir'),
            push: boolean('push'),
            login: username && password ? { registry: text('registry'), username, password } : undefined,
        },
        verify: text('verify') === 'boot' ? 'load' : choice('verify', ['none', 'load']),
        summary: boolean('summary'),
        reportFile: text('report-file'),
        dryRun: boolean('dry-run'),
    };
    boolean('comment');
    if (!['auto', 'full', 'overlay'].includes(text('strategy')))
        problems.push(`strategy: found ${JSON.stringify(text('strategy'))}; allowed: auto, full, overlay`);
    if (!['none', 'push', 'pull-request'].includes(text('commit')))
        problems.push(`commit: found ${JSON.stringify(text('commit'))}; allowed: none, push, pull-request`);
    if (inputs.mode === 'deploy' && inputs.image.names.length === 0)
        problems.push('images: mode deploy needs the name of an image, such as ghcr.io/acme/tailchat');
    if (!inputs.image.appDir.startsWith('/'))
        problems.push(`app-dir: found ${JSON.stringify(inputs.image.appDir)}; it must be an absolute path`);
    if (problems.length > 0)
        throw new UsageError(problems);
    return inputs;
}


/***/ }),

/***/ 5581:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_util__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _action_event_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3566);
/* harmony import */ var _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4777);
/* harmony import */ var _pipeline_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3888);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8850);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5503);








const COMMANDS = ['check', 'sync', 'deploy', 'init'];
/** Secrets are read from the environment: arguments can be seen by every user of a machine. */
const SECRETS = {
    password: 'TAILCHAT_PLUGINS_PASSWORD',
    'github-token': 'GITHUB_TOKEN',
};
const USAGE = `Usage: tailchat-plugins <${COMMANDS.join('|')}> [path] [--input-name value …]

  check    read the plugins and say what is wrong
  sync     also write the registration files
  deploy   also build, prove and push the image
  init     write a tailchat-plugins.yml that states what the repository does today

Every input of the action is a flag; a secret is read from the environment instead:
  password from $${SECRETS.password}
Exit codes: 0 fine, 1 findings or a failed stage, 2 wrong usage.
`;
/** The terminal's entry: the same inputs as flags, the same pipeline, a readable report. Gives the exit code. */
async function main(args) {
    if (args.includes('--help') || args.includes('-h')) {
        process.stdout.write(`${USAGE}\n${flagHelp()}`);
        return 0;
    }
    const { command, path, flags } = parseCommandLine(args);
    const root = existingDirectory(path);
    if (command === 'init')
        return await init(root, flags);
    const inputs = (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .parseInputs */ .TL)((name) => {
        if (name === 'mode')
            return command;
        const secret = SECRETS[name];
        return (secret === undefined ? flags[name] : process.env[secret]) ?? '';
    });
    const log = (line) => void process.stderr.write(`${line}\n`);
    const report = await (0,_pipeline_js__WEBPACK_IMPORTED_MODULE_5__/* .runPipeline */ .a)(inputs, { root, event: (0,_action_event_js__WEBPACK_IMPORTED_MODULE_3__/* .readEvent */ .j)(process.env), log });
    if (inputs.reportFile !== '')
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(inputs.reportFile, `${JSON.stringify(report, null, 2)}\n`);
    process.stdout.write((0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_7__/* .renderTerminal */ .b)(report));
    return (0,_report_report_js__WEBPACK_IMPORTED_MODULE_6__/* .isFailed */ .Ix)(report, inputs.failOn) ? 1 : 0;
}
function parseCommandLine(args) {
    const names = Object.keys(_action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputDefinitions */ .Z$).filter((name) => !['mode', 'path'].includes(name));
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    let parsed;
    try {
        parsed = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.parseArgs)({ args: args.map(withBooleanValue), options, allowPositionals: true });
    }
    catch (error) {
        throw new _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb([error.message.split('\n')[0] ?? '']);
    }
    const [word, path = '.', extra] = parsed.positionals;
    const command = COMMANDS.find((each) => each === word);
    if (!command)
        throw new _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb([
            word === undefined ? 'no command given' : `unknown command ${JSON.stringify(word)}`,
        ]);
    if (extra !== undefined)
        throw new _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb([`unexpected argument ${JSON.stringify(extra)}`]);
    const flags = parsed.values;
    for (const [name, variable] of Object.entries(SECRETS))
        if (flags[name] !== undefined)
            throw new _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb([
                `--${name} would be visible to every user of this machine: set $${variable} instead`,
            ]);
    return { command, path, flags };
}
/** `--dry-run` alone means `--dry-run=true`; so do the other inputs that are true or false. */
function withBooleanValue(arg, index, args) {
    const name = arg.startsWith('--') ? arg.slice(2) : '';
    const isBoolean = Object.hasOwn(_action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputDefinitions */ .Z$, name) &&
        /^(true|false)$/.test(_action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputDefinitions */ .Z$[name].default);
    return isBoolean && !/^(true|false)$/i.test(args[index + 1] ?? '') ? `${arg}=true` : arg;
}
function existingDirectory(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path));
    }
    catch {
        throw new _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb([`${path} does not exist`]);
    }
}
async function init(root, flags) {
    const { renderInitialDeclarations } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(823)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3823));
    const { readWorkspace } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 8467));
    const file = flags['declarations'] ?? _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputDefinitions */ .Z$.declarations.default;
    const target = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, file);
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(target))
        throw new _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb([`${file} exists already: remove it first to start anew`]);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(target, renderInitialDeclarations(await readWorkspace(root)), { flag: 'wx' });
    process.stdout.write(`${file} written: it states what the repository does today; check and sync change nothing\n`);
    return 0;
}
function flagHelp() {
    return Object.keys(_action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputDefinitions */ .Z$)
        .filter((name) => !['mode', 'path'].includes(name) && !Object.hasOwn(SECRETS, name))
        .map((name) => `  --${name}\n      ${_action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputDefinitions */ .Z$[name].description}\n`)
        .join('');
}
try {
    process.exitCode = await main(process.argv.slice(2));
}
catch (error) {
    if (error instanceof _action_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb) {
        process.stderr.write(`${error.message}\n\n${USAGE}`);
        process.exitCode = 2;
    }
    else {
        process.stderr.write(`unexpected failure: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    }
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 1274:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ CommandError),
/* harmony export */   d: () => (/* binding */ runCommand)
/* harmony export */ });
/** How many of the last lines of a failed command are kept for its error. */
const LAST_LINES = 30;
/** A command that failed, with what a person needs to see why. */
class CommandError extends Error {
    command;
    exitCode;
    lastLines;
    constructor(
    /** The command and its arguments, for reading; never handed to a shell. */
    command, 
    /** `undefined` when the command was not started, was ended, or took too long. */
    exitCode, lastLines, outcome) {
        super(`${command}: ${outcome}`);
        this.command = command;
        this.exitCode = exitCode;
        this.lastLines = lastLines;
        this.name = 'CommandError';
    }
}
/**
 * Runs a command with an argument array; no shell is involved. Children are ended with this process.
 * @returns what it wrote to standard output
 * @throws {CommandError} when it can't be started, exits with another code than 0, or takes too long; what it
 *   writes to standard error is no failure
 */
async function runCommand(command, args, options) {
    const { cwd, env, input, timeoutSeconds, onLine } = options;
    // Loaded here, since most runs check and start no command at all.
    const { execa } = await __nccwpck_require__.e(/* import() */ 993).then(__nccwpck_require__.bind(__nccwpck_require__, 6993));
    const child = execa(command, args, {
        ...(cwd !== undefined && { cwd }),
        ...(env && { env }),
        ...(input === undefined ? { stdin: 'ignore' } : { input }),
        timeout: timeoutSeconds * 1000,
        reject: false,
        all: true,
        // The log of a build can be long: only what a caller reads is kept.
        buffer: { stdout: true, stderr: false, all: false },
        stripFinalNewline: true,
    });
    const lastLines = [];
    for await (const line of child.iterable({ from: 'all' })) {
        onLine?.(line);
        lastLines.push(line);
        if (lastLines.length > LAST_LINES)
            lastLines.shift();
    }
    const result = await child;
    if (!result.failed)
        return result.stdout;
    throw new CommandError([command, ...args].join(' '), result.exitCode, lastLines, result.timedOut
        ? `took longer than ${timeoutSeconds} s`
        : result.exitCode === undefined
            ? (result.originalMessage ?? 'could not be started')
            : `exit code ${result.exitCode}`);
}


/***/ }),

/***/ 5943:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ registrationOf),
/* harmony export */   Iq: () => (/* binding */ desiredState),
/* harmony export */   fq: () => (/* binding */ canBeOffered),
/* harmony export */   kd: () => (/* binding */ isOffered)
/* harmony export */ });
/**
 * Joins the tree and the declarations.
 * @param undeclared `offer`: a plugin that is neither registered nor declared gets its kind's usual place
 */
function desiredState(workspace, declarations, undeclared) {
    const plugins = workspace.plugins.map((plugin) => {
        const today = registrationOf(workspace, plugin);
        const declaration = declarations.plugins.get(plugin.name);
        const offerNow = undeclared === 'offer' && !declaration && canBeOffered(plugin) && !isOffered(today);
        const offer = offerNow ? ['registry'] : declaration?.offer;
        const wanted = offer && plugin.web ? registrationFor(plugin, offer, today) : today;
        return {
            plugin,
            today,
            wanted,
            declared: declaration !== undefined,
            expectServices: declaration?.services !== 'dev',
            offer: offerOf(plugin, wanted),
        };
    });
    return { declarations, plugins };
}
/** Where the plugin is listed today. */
function registrationOf(workspace, plugin) {
    const builtin = workspace.builtin?.list;
    const entries = builtin?.understood ? builtin.entries.filter(({ name }) => name === plugin.name) : [];
    return {
        registry: workspace.registry?.entries.some(({ name }) => name === plugin.name) ?? false,
        install: workspace.rootPackage?.installList?.names.some(({ name }) => name === plugin.name) ?? false,
        builtin: entries.length === 0 ? 'no' : entries.some(({ conditional }) => !conditional) ? 'yes' : 'conditional',
    };
}
/** Whether any list offers the plugin. */
function isOffered(registration) {
    return registration.registry || registration.install || registration.builtin !== 'no';
}
/**
 * Whether offering the plugin without being asked makes sense: it has a browser side with a manifest, and where
 * it stands under server/plugins a service that production loads. This is the rule that the maintainers' own
 * install list follows (it leaves out plugins whose services are for development only).
 */
function canBeOffered(plugin) {
    if (!plugin.web?.manifest)
        return false;
    return plugin.kind === 'frontend' || plugin.services.some(({ loadedIn }) => loadedIn === 'production');
}
/** The lists that an offer means for a plugin of this kind (see the table in docs/declarations.md). */
function registrationFor(plugin, offer, today) {
    if (offer.includes('hidden'))
        return { registry: false, install: false, builtin: 'no' };
    const fullstack = plugin.kind === 'fullstack';
    return {
        registry: !fullstack && offer.includes('registry'),
        install: fullstack,
        // An entry behind a condition counts as builtin, and stays whatever else is asked for.
        builtin: today.builtin === 'conditional' ? 'conditional' : offer.includes('builtin') ? 'yes' : 'no',
    };
}
/** One word for the report; a plugin that only a conditional entry offers counts as builtin. */
function offerOf(plugin, registration) {
    if (registration.builtin === 'yes')
        return 'builtin';
    if (plugin.kind === 'fullstack' ? registration.install : registration.registry)
        return 'registry';
    return registration.builtin === 'conditional' ? 'builtin' : 'hidden';
}


/***/ }),

/***/ 7909:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/**
 * The candidate that a mistyped word most likely meant, or `undefined` when none is near: at most a third of its
 * letters may differ.
 */
function nearest(word, candidates) {
    let best;
    let bestDistance = Math.floor(word.length / 3) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
        if (distance < bestDistance)
            [best, bestDistance] = [candidate, distance];
    }
    return best;
}
/** Levenshtein's distance: the least number of letters to insert, remove or replace. */
function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}


/***/ }),

/***/ 3888:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  a: () => (/* binding */ runPipeline)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./src/command.ts
var command = __nccwpck_require__(1274);
// EXTERNAL MODULE: ./src/declarations/desired.ts
var declarations_desired = __nccwpck_require__(5943);
;// CONCATENATED MODULE: ./src/declarations/types.ts
const noDeclarations = {
    file: undefined,
    plugins: new Map(),
    rules: new Map(),
    rulePositions: new Map(),
    problems: [],
};

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./src/temporary.ts
var temporary = __nccwpck_require__(944);
// EXTERNAL MODULE: ./src/workspace/json.ts
var json = __nccwpck_require__(8047);
;// CONCATENATED MODULE: ./src/image/buildx-args.ts
/** The arguments of `docker buildx build`. No tag is among them: tags move once the image is proven. */
function buildxArgs(plan, { pushTo, metadataFile }) {
    const many = (flag, values) => values.flatMap((value) => [flag, value]);
    const output = pushTo.length === 0
        ? ['--load']
        : [
            '--output',
            csv([
                'type=image',
                `name=${pushTo.join(',')}`,
                'push-by-digest=true',
                'name-canonical=true',
                'push=true',
            ]),
        ];
    return [
        'buildx',
        'build',
        '--progress=plain',
        ...(plan.builder ? ['--builder', plan.builder] : []),
        '--file',
        plan.dockerfile,
        ...(plan.platforms.length > 0 ? ['--platform', plan.platforms.join(',')] : []),
        ...many('--label', Object.entries(plan.labels).map(([key, value]) => `${key}=${value}`)),
        ...many('--build-arg', plan.buildArgs),
        ...many('--secret', plan.buildSecrets),
        ...many('--cache-from', plan.cacheFrom),
        ...many('--cache-to', plan.cacheTo),
        '--metadata-file',
        metadataFile,
        ...output,
        plan.context,
    ];
}
/** The labels that say where an image comes from (OCI image specification, annotations). */
function provenanceLabels(source) {
    return {
        ...(source.url && { 'org.opencontainers.image.source': source.url }),
        ...(source.revision && { 'org.opencontainers.image.revision': source.revision }),
        ...(source.created && { 'org.opencontainers.image.created': source.created }),
    };
}
/** buildx reads the value of --output as one line of CSV: fields with a comma are quoted. */
function csv(fields) {
    return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

;// CONCATENATED MODULE: ./src/image/build.ts






/** A full Tailchat build for two platforms under emulation takes long; none takes this long. */
const BUILD_SECONDS = 3 * 60 * 60;
const REGISTRY_SECONDS = 5 * 60;
const PUSH_SECONDS = 60 * 60;
/**
 * Builds the image. Nothing gets a tag: a builder that can do so pushes the image by its digest alone; the engine's
 * own builder (buildx driver `docker`) can't, so there it stays in the engine until its tags are pushed.
 * @param names image names without a tag; empty: the image is not pushed
 * @param epochSeconds time that buildx gives the files it creates, for builds that can be repeated
 * @throws {CommandError} when buildx fails
 */
async function buildImage(docker, plan, names, epochSeconds) {
    const [name] = names;
    const pushed = name !== undefined && (await driverOf(docker, plan.builder)) !== 'docker';
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const metadataFile = (0,external_node_path_.join)(directory, 'metadata.json');
        await (0,command/* runCommand */.d)('docker', buildxArgs(plan, { pushTo: pushed ? names : [], metadataFile }), {
            env: { ...docker.env, ...(epochSeconds !== undefined && { SOURCE_DATE_EPOCH: String(epochSeconds) }) },
            timeoutSeconds: BUILD_SECONDS,
            onLine: docker.onLine,
        });
        const digest = (0,json/* stringAt */.bX)(JSON.parse((0,external_node_fs_.readFileSync)(metadataFile, 'utf8')), 'containerimage.digest');
        if (digest === undefined)
            throw new Error('buildx named no digest for the image');
        return { digest, reference: pushed ? `${name}@${digest}` : digest, pushed };
    });
}
async function driverOf(docker, builder) {
    const text = await (0,command/* runCommand */.d)('docker', ['buildx', 'inspect', ...(builder ? [builder] : [])], {
        env: docker.env,
        timeoutSeconds: REGISTRY_SECONDS,
    });
    return /^Driver:\s*(\S+)/m.exec(text)?.[1];
}
/** The digest that a tag points at in its container registry; `undefined` when there is no such tag yet. */
async function digestOf(docker, reference) {
    try {
        const manifest = await (0,command/* runCommand */.d)('docker', ['buildx', 'imagetools', 'inspect', reference, '--format', '{{json .Manifest}}'], { env: docker.env, timeoutSeconds: REGISTRY_SECONDS });
        return (0,json/* stringAt */.bX)(JSON.parse(manifest), 'digest');
    }
    catch (error) {
        if (error instanceof command/* CommandError */.Q &&
            error.lastLines.some((line) => /not found|manifest unknown/i.test(line)))
            return undefined;
        throw error;
    }
}
/**
 * Points tags at a proven image.
 * @param references `name:tag`
 * @returns the digest that the tags point at now
 */
async function moveTags(docker, image, references) {
    return image.pushed
        ? copyTags(docker, image.digest, references)
        : pushFromEngine(docker, image.digest, references);
}
/** The image is in the container registry: its manifest is copied as it is, so the digest stays. */
async function copyTags(docker, digest, references) {
    const options = { env: docker.env, timeoutSeconds: REGISTRY_SECONDS };
    const create = ['buildx', 'imagetools', 'create'];
    // Since buildx 0.14 a single manifest is wrapped into an index, with a digest of its own, unless told otherwise.
    const help = await (0,command/* runCommand */.d)('docker', [...create, '--help'], options);
    const asItIs = help.includes('--prefer-index') ? ['--prefer-index=false'] : [];
    const nameOf = (reference) => reference.slice(0, reference.lastIndexOf(':'));
    for (const name of new Set(references.map(nameOf))) {
        const tags = references.filter((reference) => nameOf(reference) === name);
        const flags = tags.flatMap((reference) => ['--tag', reference]);
        await (0,command/* runCommand */.d)('docker', [...create, ...asItIs, ...flags, `${name}@${digest}`], {
            ...options,
            onLine: docker.onLine,
        });
    }
    return digest;
}
/** The image is in the engine only: its layers go with the first tag, the others cost a manifest each. */
async function pushFromEngine(docker, digest, references) {
    const options = { env: docker.env, timeoutSeconds: PUSH_SECONDS };
    for (const reference of references) {
        await (0,command/* runCommand */.d)('docker', ['tag', digest, reference], options);
        await (0,command/* runCommand */.d)('docker', ['push', '--quiet', reference], { ...options, onLine: docker.onLine });
    }
    const [first] = references;
    const pushed = first === undefined ? undefined : await digestOf(docker, first);
    if (pushed === undefined)
        throw new Error(`${first} was pushed, and its container registry does not have it`);
    return pushed;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./src/image/docker.ts





const LOGIN_SECONDS = 60;
/**
 * Runs `work` with a Docker configuration directory of its own that holds the login, and removes it afterwards,
 * so that the login is forgotten and the user's own configuration is never written to. Without a login, docker
 * runs as it is set up.
 */
async function withDocker(login, onLine, work) {
    if (!login)
        return work({ env: {}, onLine });
    const own = process.env['DOCKER_CONFIG'] ?? (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.docker');
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        // Plugins such as buildx, contexts and builders are looked up there too: they stay those of the user.
        for (const name of ['cli-plugins', 'contexts', 'buildx'])
            if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(own, name)))
                (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(directory, name));
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(own, 'config.json')))
            (0,external_node_fs_.cpSync)((0,external_node_path_.join)(own, 'config.json'), (0,external_node_path_.join)(directory, 'config.json'));
        const env = { DOCKER_CONFIG: directory };
        const host = login.registry ? [login.registry] : [];
        await (0,command/* runCommand */.d)('docker', ['login', '--username', login.username, '--password-stdin', ...host], {
            env,
            input: login.password,
            timeoutSeconds: LOGIN_SECONDS,
        });
        return work({ env, onLine });
    });
}

;// CONCATENATED MODULE: ./src/image/git.ts

const GIT_SECONDS = 30;
/** Reads the checked-out commit of the repository at `root`; `undefined` outside a git repository. */
async function readCommit(root) {
    // The runner's checkout may belong to another user than the one this runs as.
    const git = (...args) => (0,command/* runCommand */.d)('git', ['-c', `safe.directory=*`, '-C', root, ...args], { timeoutSeconds: GIT_SECONDS });
    try {
        const [sha = '', time = '', epoch = ''] = (await git('log', '-1', '--format=%H%n%cI%n%ct')).split('\n');
        const remote = await git('config', '--get', 'remote.origin.url').catch(() => '');
        return { sha, time, epochSeconds: Number(epoch), url: publicUrl(remote) };
    }
    catch (error) {
        if (error instanceof command/* CommandError */.Q)
            return undefined;
        throw error;
    }
}
/** A remote's address as a link that anybody may see; a local path is nobody's business. */
function publicUrl(remote) {
    const scp = /^(?:[^@/]+@)?([^:/]+\.[^:/]+):(?!\/)(.+?)(?:\.git)?$/.exec(remote);
    if (scp)
        return `https://${scp[1]}/${scp[2]}`;
    const url = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+?)\/(.+?)(?:\.git)?\/?$/.exec(remote);
    return url ? `https://${url[1]?.replace(/:\d+$/, '')}/${url[2]}` : undefined;
}

;// CONCATENATED MODULE: ./src/image/reference.ts
/** `host/path/name` without tag or digest, as the container registries accept it. */
const IMAGE_NAME = /^(?:(?:localhost|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** What went wrong with the user's `images` and `tags`; one line each. */
class ReferenceError extends Error {
}
/**
 * The full references, `name:tag`, that an image gets. A tag that is a full reference already stands for itself.
 * @throws {ReferenceError} naming the first one that no container registry would take
 */
function references(images, tags) {
    const names = images.map(imageName);
    const result = tags.flatMap((tag) => {
        const separator = tag.lastIndexOf(':');
        if (separator > tag.lastIndexOf('/') && separator !== -1)
            return [`${imageName(tag.slice(0, separator))}:${validTag(tag.slice(separator + 1))}`];
        return names.map((name) => `${name}:${validTag(tag)}`);
    });
    return [...new Set(result)];
}
/** An image's name as registries take it: owners may be written in capitals elsewhere, never here. */
function imageName(name) {
    const lower = name.toLowerCase();
    if (!IMAGE_NAME.test(lower))
        throw new ReferenceError(`${JSON.stringify(name)} is not an image name: it must look like ghcr.io/acme/tailchat, without a tag or digest`);
    return lower;
}
function validTag(tag) {
    if (!TAG.test(tag))
        throw new ReferenceError(`${JSON.stringify(tag)} is not a tag: at most 128 letters, digits, _, . and -, and neither . nor - first`);
    return tag;
}
/**
 * Tags for a build when none are given: a semantic version's tag gives `1.2.3`, `1.2` and `1` (a prerelease only
 * itself), a branch its name, a pull request `pr-N`; always `sha-…`. Never `latest`.
 */
function deriveTags({ ref, sha, pullRequest }) {
    const tags = [];
    const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
    if (pullRequest !== undefined)
        tags.push(`pr-${pullRequest}`);
    else if (kind === 'tags')
        tags.push(...versionTags(name));
    else if (kind === 'heads')
        tags.push(safeTag(name));
    if (sha)
        tags.push(`sha-${sha.slice(0, 12)}`);
    return [...new Set(tags)];
}
function versionTags(name) {
    const version = /^v?((0|[1-9]\d*)\.(0|[1-9]\d*)\.(?:0|[1-9]\d*))(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(name);
    if (!version)
        return [safeTag(name)];
    const [, full = '', major = '', minor = '', prerelease] = version;
    return prerelease ? [`${full}${prerelease}`] : [full, `${major}.${minor}`, major];
}
function safeTag(name) {
    return name
        .replace(/[^A-Za-z0-9_.-]+/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128);
}

// EXTERNAL MODULE: ./src/workspace/files.ts
var files = __nccwpck_require__(6234);
;// CONCATENATED MODULE: ./src/publish/apply.ts



/**
 * Writes the edits into the working tree: each file is replaced whole (written beside, flushed, renamed, its mode
 * kept), and all of them or none: when one can't be written, those done are put back.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @throws when a file can't be replaced, or changed since the edits were computed
 */
function applyEditsToDisk(root, edits) {
    const done = [];
    try {
        for (const edit of edits) {
            const path = targetOf(root, edit.file);
            if ((0,external_node_fs_.readFileSync)(path, 'utf8') !== edit.before)
                throw new Error(`${edit.file} changed while it was being worked on: run again`);
            replaceFile(path, edit.after);
            done.push({ path, before: edit.before });
        }
    }
    catch (error) {
        for (const { path, before } of done.reverse())
            replaceFile(path, before);
        throw error;
    }
}
/** A link inside the repository is written through to its target; one that leaves it is refused. */
function targetOf(root, file) {
    const target = (0,external_node_fs_.realpathSync)((0,external_node_path_.join)(root, file));
    if (!(0,files/* isInside */.FK)(root, target))
        throw new Error(`${file} is a symbolic link out of the repository`);
    return target;
}
function replaceFile(path, text) {
    const beside = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), `.${(0,external_node_path_.basename)(path)}.${process.pid}.tmp`);
    try {
        const descriptor = (0,external_node_fs_.openSync)(beside, 'wx');
        try {
            (0,external_node_fs_.writeFileSync)(descriptor, text);
            (0,external_node_fs_.fchmodSync)(descriptor, (0,external_node_fs_.statSync)(path).mode);
            (0,external_node_fs_.fsyncSync)(descriptor);
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
        (0,external_node_fs_.renameSync)(beside, path);
    }
    catch (error) {
        (0,external_node_fs_.rmSync)(beside, { force: true });
        throw error;
    }
}

// EXTERNAL MODULE: ./src/report/report.ts
var report_report = __nccwpck_require__(8850);
// EXTERNAL MODULE: ./src/nearest.ts
var nearest = __nccwpck_require__(7909);
;// CONCATENATED MODULE: ./src/rules/types.ts
/** A problem at a known place; the position comes first so that a message can be as long as it must be. */
function at(position, problem) {
    return { ...position, ...problem };
}

;// CONCATENATED MODULE: ./src/rules/declarations.ts


const declarationRules = [
    {
        id: 'declarations/invalid',
        title: 'The declarations file has a mistake',
        why: 'A declaration that is not understood would be ignored in silence.',
        severity: 'error',
        *check({ desired: { declarations } }) {
            for (const { position, message } of declarations.problems)
                yield at(position, { message });
        },
    },
    {
        id: 'declarations/unknown-plugin',
        title: 'A declared plugin is not in the tree',
        why: 'It is expected in the image and will never be there.',
        severity: 'error',
        *check({ workspace, desired: { declarations } }) {
            const names = workspace.plugins.map(({ name }) => name);
            for (const [name, { position }] of declarations.plugins) {
                if (names.includes(name))
                    continue;
                const near = (0,nearest/* nearest */.p)(name, names);
                yield at(position, {
                    plugin: name,
                    message: `${name} is neither in client/web/plugins nor in server/plugins${near ? ` (did you mean ${near}?)` : ''}: add the plugin, or remove it from this file`,
                });
            }
        },
    },
    {
        id: 'declarations/nothing-to-offer',
        title: 'A backend plugin is declared to be offered',
        why: 'It has no browser side, so there is nothing that a user could install.',
        severity: 'error',
        *check({ workspace, desired: { declarations } }) {
            // A frontend plugin may have its backend in a plugin of the same name: then the offer is meant for it.
            const offerable = new Set(workspace.plugins.filter(({ web }) => web).map(({ name }) => name));
            for (const plugin of workspace.plugins) {
                const declaration = declarations.plugins.get(plugin.name);
                if (offerable.has(plugin.name) || !declaration?.offer || declaration.offer.includes('hidden'))
                    continue;
                yield at(declaration.position, {
                    plugin: plugin.name,
                    message: `${plugin.name} has no web part, so it cannot be offered as ${declaration.offer.join(', ')}: remove \`offer\` (its services load without)`,
                });
            }
        },
    },
];

// EXTERNAL MODULE: ./src/workspace/layout.ts
var layout = __nccwpck_require__(2611);
;// CONCATENATED MODULE: ./src/rules/manifest.ts



/** What the client demands when somebody installs a plugin by hand (client/web/src/plugin/utils.ts). */
const REQUIRED_FIELDS = ['label', 'name', 'url', 'version', 'author', 'description'];
const manifestRules = [
    {
        id: 'manifest/missing',
        title: 'A plugin with a browser side has no manifest.json',
        why: 'The install script stops the build when it reads a manifest that is not there, and a frontend plugin cannot be registered.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, web } of webParts(workspace)) {
                const file = `${web.directory}/manifest.json`;
                if (web.manifest || workspace.unreadable.some(({ path }) => path === file))
                    continue;
                yield {
                    plugin: plugin.name,
                    file,
                    message: `manifest.json is missing: write one with ${REQUIRED_FIELDS.join(', ')}`,
                };
            }
        },
    },
    {
        id: 'manifest/invalid',
        title: 'A manifest is not a JSON object',
        why: 'The build stops at it, or (for `null`) skips every plugin that comes after it in the install list and still succeeds.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, manifest } of manifests(workspace)) {
                if (manifest.problem)
                    yield at(manifest.problem.position, {
                        plugin: plugin.name,
                        message: `not valid JSON: ${manifest.problem.message}`,
                    });
                else if (!(0,json/* asObject */.eB)(manifest.value))
                    yield at((0,json/* positionInJson */.Fx)(manifest, []), {
                        plugin: plugin.name,
                        message: `the manifest is ${describe(manifest.value)}; it must be an object with ${REQUIRED_FIELDS.join(', ')}`,
                    });
            }
        },
    },
    {
        id: 'manifest/field-missing',
        title: 'A required field of a manifest is missing or not a string',
        why: 'The plugin store shows the plugin wrongly or cannot load it: without `url` the client asks for a file named "undefined".',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace))
                for (const field of REQUIRED_FIELDS) {
                    const value = (0,json/* ownValue */.eC)(manifest.value, field);
                    if (typeof value === 'string' && value !== '')
                        continue;
                    yield at((0,json/* positionInJson */.Fx)(manifest, [field]), {
                        plugin: plugin.name,
                        message: value === undefined
                            ? `"${field}" is missing: ${advice(field, plugin)}`
                            : `"${field}" is ${describe(value)}; it must be a string that is not empty`,
                    });
                }
        },
    },
    {
        id: 'manifest/name-mismatch',
        title: 'The name in a manifest is not the name of the plugin’s directory',
        why: 'The plugin is registered under a name that no bundle defines: loading it ends in "Eval Timeout" in the browser.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace)) {
                const name = (0,json/* stringAt */.bX)(manifest.value, 'name');
                if (!name || name === plugin.name)
                    continue;
                yield at((0,json/* positionInJson */.Fx)(manifest, ['name']), {
                    plugin: plugin.name,
                    message: `name is ${JSON.stringify(name)}; the directory is named ${plugin.name}, and both must be equal, or the browser waits for a plugin that never comes`,
                });
            }
        },
    },
    {
        id: 'manifest/url-not-canonical',
        title: 'The url in a manifest does not point at the plugin’s own bundle',
        why: 'The client loads another plugin’s bundle, or none; and a wrong url spreads when the manifest is copied into a registration.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace)) {
                const url = (0,json/* stringAt */.bX)(manifest.value, 'url');
                if (plugin.kind === 'backend' || !url)
                    continue;
                const expected = (0,layout/* canonicalUrl */.W)(plugin.kind, plugin.name);
                if (url === expected || isHostedElsewhere(url, plugin.name))
                    continue;
                yield at((0,json/* positionInJson */.Fx)(manifest, ['url']), {
                    plugin: plugin.name,
                    message: `url is ${JSON.stringify(url)}; for a ${plugin.kind} plugin it is ${JSON.stringify(expected)}, or the client loads something else or nothing`,
                });
            }
        },
    },
];
/** An absolute url is fine for a hosted plugin; its lazy chunks are found by the name in it (mini-star, mergeUrl). */
function isHostedElsewhere(url, name) {
    return /^https?:\/\//.test(url) && url.includes(`/${name}`);
}
function advice(field, plugin) {
    if (field === 'url' && plugin.kind !== 'backend')
        return `add "url": ${JSON.stringify((0,layout/* canonicalUrl */.W)(plugin.kind, plugin.name))}, or the client asks for a file named "undefined"`;
    if (field === 'name')
        return `add "name": ${JSON.stringify(plugin.name)}`;
    return 'add it; the plugin store shows it';
}
function describe(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'an array';
    if (value === '')
        return 'an empty string';
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
function webParts(workspace) {
    return workspace.plugins.flatMap((plugin) => (plugin.web ? [{ plugin, web: plugin.web }] : []));
}
function manifests(workspace) {
    return webParts(workspace).flatMap(({ plugin, web }) => web.manifest ? [{ plugin, manifest: web.manifest }] : []);
}
function objectManifests(workspace) {
    return manifests(workspace).filter(({ manifest }) => (0,json/* asObject */.eB)(manifest.value));
}

;// CONCATENATED MODULE: ./src/rules/package.ts



const packageRules = [
    {
        id: 'package/invalid',
        title: 'A plugin has no package.json, or one that is not a JSON object',
        why: 'mini-star finds a plugin’s entry by its package.json, and pnpm stops at one that it cannot read.',
        severity: 'error',
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                const expected = [
                    ...(plugin.web ? [{ directory: plugin.web.directory, file: plugin.web.packageJson }] : []),
                    ...(plugin.kind === 'frontend' ? [] : [{ directory: plugin.directory, file: plugin.packageJson }]),
                ];
                for (const { directory, file } of expected) {
                    const path = `${directory}/package.json`;
                    if (!file) {
                        // A backend plugin is compiled and loaded without one: only a browser side is built through it.
                        const needed = plugin.web !== undefined;
                        if (needed && !workspace.unreadable.some((each) => each.path === path))
                            yield {
                                plugin: plugin.name,
                                file: path,
                                message: 'package.json is missing: the bundler and the install script both need it',
                            };
                    }
                    else if (file.problem)
                        yield at(file.problem.position, {
                            plugin: plugin.name,
                            message: `not valid JSON: ${file.problem.message}`,
                        });
                    else if (!(0,json/* asObject */.eB)(file.value))
                        yield at((0,json/* positionInJson */.Fx)(file, []), {
                            plugin: plugin.name,
                            message: 'package.json must hold a JSON object',
                        });
                }
            }
        },
    },
    {
        id: 'package/name-mismatch',
        title: 'The web package is not named @plugins/NAME',
        why: 'mini-star takes the output directory from the package’s name: the bundle lands where nobody asks for it, and the build succeeds.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, packageJson } of webPackages(workspace)) {
                const name = (0,json/* stringAt */.bX)(packageJson.value, 'name');
                // Only what follows the scope counts (mini-star, rollup.config.js), so the bare name works too.
                if (name === `@plugins/${plugin.name}` || name === plugin.name)
                    continue;
                yield at((0,json/* positionInJson */.Fx)(packageJson, ['name']), {
                    plugin: plugin.name,
                    message: `${name === undefined ? '"name" is missing' : `name is ${JSON.stringify(name)}`}; it must be "@plugins/${plugin.name}", or the bundle is built into another directory`,
                });
            }
        },
    },
    {
        id: 'package/main-missing',
        title: 'The entry file of a web package is missing',
        why: 'mini-star prints “✖ Bundle error”, the build succeeds, and the browser gets a page instead of the plugin.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, packageJson } of webPackages(workspace)) {
                const main = (0,json/* stringAt */.bX)(packageJson.value, 'main');
                if (main === undefined)
                    yield at((0,json/* positionInJson */.Fx)(packageJson, ['main']), {
                        plugin: plugin.name,
                        message: '"main" is missing: name the entry file with its extension, such as "src/index.tsx"',
                    });
                else if (!mainExists(plugin, main))
                    yield at((0,json/* positionInJson */.Fx)(packageJson, ['main']), {
                        plugin: plugin.name,
                        message: `main is ${JSON.stringify(main)}, and there is no such file: name the entry file with its extension, or nothing is bundled and the build still succeeds`,
                    });
            }
        },
    },
    {
        id: 'package/main-not-index',
        title: 'The entry file of a web package is not named index',
        why: 'The bundle is named like its entry file, and the client only ever asks for index.js.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, packageJson } of webPackages(workspace)) {
                const main = (0,json/* stringAt */.bX)(packageJson.value, 'main');
                if (!main || !mainExists(plugin, main) || /^index\.[^.]+$/.test(external_node_path_.posix.basename(main)))
                    continue;
                yield at((0,json/* positionInJson */.Fx)(packageJson, ['main']), {
                    plugin: plugin.name,
                    message: `main is ${JSON.stringify(main)}; its file must be named index.*, since the client asks for index.js and the bundle takes the entry's name: add an index file that re-exports it`,
                });
            }
        },
    },
    {
        id: 'package/build-web-missing',
        title: 'A full-stack plugin cannot build its browser side',
        why: 'The install script runs `pnpm build:web` in it: without that script the whole build stops.',
        severity: 'error',
        *check({ workspace }) {
            for (const { kind, name, packageJson } of workspace.plugins) {
                if (kind !== 'fullstack' || !packageJson || !(0,json/* asObject */.eB)(packageJson.value))
                    continue;
                if ((0,json/* stringAt */.bX)(packageJson.value, 'scripts', 'build:web'))
                    continue;
                yield at((0,json/* positionInJson */.Fx)(packageJson, ['scripts', 'build:web']), {
                    plugin: name,
                    message: 'the script "build:web" is missing: add "build:web": "ministar buildPlugin all"',
                });
            }
        },
    },
    {
        id: 'package/ministar-config-missing',
        title: 'A full-stack plugin has no .ministarrc.js',
        why: 'mini-star finds no plugin to build, says so, and succeeds: the plugin is registered without a bundle.',
        severity: 'error',
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                if (plugin.kind !== 'fullstack' || hasMinistarConfig(plugin))
                    continue;
                yield {
                    plugin: plugin.name,
                    file: `${plugin.directory}/.ministarrc.js`,
                    message: '.ministarrc.js is missing: add one that sets pluginRoot to ./web and outDir to ../../public, or no bundle is built and the build still succeeds',
                };
            }
        },
    },
];
function webPackages(workspace) {
    return workspace.plugins.flatMap((plugin) => {
        const packageJson = plugin.web?.packageJson;
        return packageJson && (0,json/* asObject */.eB)(packageJson.value) ? [{ plugin, packageJson }] : [];
    });
}
/** The places where mini-star looks for its configuration (cosmiconfig's usual ones). */
function hasMinistarConfig({ files, packageJson }) {
    return (files.some((file) => /^(\.ministarrc(\.(json|ya?ml|c?js))?|ministar\.config\.c?js)$/.test(file)) ||
        (0,json/* ownValue */.eC)(packageJson?.value, 'ministar') !== undefined);
}
/** mini-star takes `main` as it stands: no extension is tried, no directory's index. */
function mainExists(plugin, main) {
    if (!plugin.web)
        return false;
    const path = external_node_path_.posix.relative(plugin.directory, external_node_path_.posix.join(plugin.web.directory, main));
    return plugin.files.includes(path);
}

// EXTERNAL MODULE: ./src/sync/plan.ts + 4 modules
var sync_plan = __nccwpck_require__(4180);
;// CONCATENATED MODULE: ./src/rules/plan.ts


/** Rules about the difference between what is registered and what is wanted. */
const planRules = [
    {
        id: 'registration/out-of-date',
        title: 'A registration file does not say what is declared',
        why: 'The image would offer something else than the declarations promise.',
        severity: 'error',
        *check({ changes }) {
            for (const { plugin, place, action, position } of changes)
                yield at(position, {
                    plugin,
                    fixable: true,
                    message: action === 'add'
                        ? `${plugin} is wanted and not in ${sync_plan/* fileOfPlace */.bx[place]}${listName(place)}: run sync to add it`
                        : `${plugin} is in ${sync_plan/* fileOfPlace */.bx[place]}${listName(place)} and not wanted there: run sync to take it out`,
                });
        },
    },
    {
        id: 'registration/cannot-be-written',
        title: 'A registration is wanted and cannot be written',
        why: 'The declarations ask for something that has to be mended by hand first.',
        severity: 'error',
        *check({ blocked }) {
            for (const { plugin, place, action, position, reason } of blocked)
                yield at(position, {
                    plugin,
                    message: `${plugin} cannot be ${action === 'add' ? 'added to' : 'taken out of'} ${sync_plan/* fileOfPlace */.bx[place]}${listName(place)}: ${reason}`,
                });
        },
    },
];
function listName(place) {
    return place === 'install' ? ' (plugin:install)' : '';
}

;// CONCATENATED MODULE: ./src/rules/plugin.ts


/**
 * Reverse-domain: at least two parts of letters, digits, `-` and `_`. Tailchat splits urls at `/` to get a
 * plugin's name (mini-star, runtime/utils.js), and the name stands in a shell command, so nothing else is safe.
 */
const REVERSE_DOMAIN = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)+$/;
const pluginRules = [
    {
        id: 'plugin/unreadable',
        title: 'A file of a plugin cannot be read',
        why: 'What cannot be read is not checked, and a build on another machine may not have it at all.',
        severity: 'error',
        *check({ workspace }) {
            for (const { path, plugin, reason } of workspace.unreadable)
                yield {
                    ...(plugin && { plugin }),
                    file: path,
                    message: `${path} ${reason}: nothing in it was checked`,
                };
        },
    },
    {
        id: 'plugin/name-not-reverse-domain',
        title: 'The directory of a plugin is not a reverse-domain name',
        why: 'The name is the id of the plugin everywhere: in urls, service names and the install command. Without a domain of its own it can collide with another plugin, and characters such as / or a space break urls and commands.',
        severity: 'error',
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                if (REVERSE_DOMAIN.test(plugin.name))
                    continue;
                yield {
                    plugin: plugin.name,
                    file: plugin.directory,
                    message: `the directory is named ${JSON.stringify(plugin.name)}; a plugin's name is a reverse domain of letters, digits, - and _, such as com.example.tickets: rename the directory, the manifest's name and the package's name together`,
                };
            }
        },
    },
    {
        id: 'plugin/duplicate-name',
        title: 'Two plugins have the same name',
        why: 'Both are built into the same directory of the image, so one overwrites the other.',
        severity: 'error',
        *check({ workspace }) {
            const seen = new Map();
            for (const plugin of workspace.plugins) {
                // A backend plugin is built to another place, and serves the frontend plugin of its name.
                if (!plugin.web)
                    continue;
                const first = seen.get(plugin.name);
                if (first === undefined)
                    seen.set(plugin.name, plugin.directory);
                else
                    yield {
                        plugin: plugin.name,
                        file: plugin.directory,
                        message: `${first} has the same name: both are built to plugins/${plugin.name}, and one overwrites the other; rename or remove one`,
                    };
            }
        },
    },
    {
        id: 'plugin/not-offered',
        title: 'A plugin is built but offered nowhere',
        why: 'Nobody can install it: it is in no plugin registry file, not built in, and not in the install list.',
        severity: 'warning',
        *check({ desired }) {
            for (const { plugin, wanted, declared } of desired.plugins) {
                if (declared || (0,declarations_desired/* isOffered */.kd)(wanted) || !(0,declarations_desired/* canBeOffered */.fq)(plugin))
                    continue;
                const list = plugin.kind === 'frontend'
                    ? `${layout/* layout */.Z.registryJson} and ${layout/* layout */.Z.builtinTs}`
                    : `the plugin:install list of ${layout/* layout */.Z.rootPackageJson} and ${layout/* layout */.Z.builtinTs}`;
                yield {
                    plugin: plugin.name,
                    file: plugin.web?.manifest?.path ?? plugin.directory,
                    message: `missing from ${list}: it is built, and nobody can install it; declare it in tailchat-plugins.yml with \`offer: registry\`, or with \`offer: hidden\` if that is meant`,
                };
            }
        },
    },
];

;// CONCATENATED MODULE: ./src/rules/proof.ts
/** Rules about what the built image loads. */
const proofRules = [
    {
        id: 'proof/service-missing',
        title: 'The image does not load a service that the source declares',
        why: 'The plugin’s calls get 404; and a service that throws while it is constructed stops the process, so every plugin is down.',
        severity: 'error',
        *check({ expected, rows }) {
            for (const row of rows) {
                if (!row.expected || row.loaded !== false)
                    continue;
                const source = expected.find(({ file }) => file === row.file);
                yield {
                    ...(row.plugin && { plugin: row.plugin }),
                    file: row.file ?? '',
                    ...(source?.line && { line: source.line }),
                    message: `the image does not load ${row.name}: ${row.reason}`,
                };
            }
        },
    },
    {
        id: 'proof/service-unexpected',
        title: 'The image holds a service that no source file declares',
        why: 'It comes from an older build or from outside the repository, and it runs in production all the same.',
        severity: 'warning',
        *check({ rows }) {
            for (const row of rows)
                if (!row.expected)
                    yield {
                        file: row.file ?? '',
                        message: `the image loads ${row.name}, which is not expected: ${row.reason}`,
                    };
        },
    },
];

// EXTERNAL MODULE: ./src/workspace/text.ts
var workspace_text = __nccwpck_require__(9738);
;// CONCATENATED MODULE: ./src/rules/registration.ts





const registrationRules = [
    {
        id: 'registration/unreadable',
        title: 'A registration file cannot be understood',
        why: 'Tailchat copies registry.json into the image as it is: a client that cannot parse it shows a broken plugin store.',
        severity: 'error',
        *check({ workspace: { registry, rootPackage, builtin } }) {
            if (registry?.problem)
                yield at(registry.problem.position, {
                    message: `not valid JSON: ${registry.problem.message}; the client would get a broken plugin store`,
                });
            else if (registry && !Array.isArray(registry.value))
                yield at((0,json/* positionInJson */.Fx)(registry, []), { message: 'the plugin registry must be a JSON array' });
            if (rootPackage?.problem)
                yield at(rootPackage.problem.position, { message: `not valid JSON: ${rootPackage.problem.message}` });
            if (builtin && !builtin.list.understood)
                yield {
                    file: builtin.path,
                    line: 1,
                    column: 1,
                    message: `the built-in plugins cannot be read: ${builtin.list.reason}`,
                };
        },
    },
    {
        id: 'registration/entry-without-plugin',
        title: 'A registration names a plugin that is not there',
        why: 'The client loads a page instead of a bundle; for a built-in plugin every user sees the error.',
        severity: 'error',
        *check({ workspace }) {
            const names = pluginNames(workspace);
            const message = (name) => `there is no plugin ${JSON.stringify(name)}${suggestion(name, names)}: remove the entry, or add the plugin`;
            for (const { name, url, index } of workspace.registry?.entries ?? [])
                if (workspace.registry && name !== undefined && !names.has(name) && !isAbsolute(url))
                    yield at((0,json/* positionInJson */.Fx)(workspace.registry, [index, 'name']), {
                        plugin: name,
                        message: message(name),
                    });
            const builtin = workspace.builtin;
            if (!builtin?.list.understood)
                return;
            for (const { name, url, start } of builtin.list.entries)
                if (name !== undefined && !names.has(name) && !isAbsolute(url))
                    yield at((0,workspace_text/* positionAt */.t)(builtin, start), { plugin: name, message: message(name) });
        },
    },
    {
        id: 'install-list/unknown-plugin',
        title: 'plugin:install names a plugin that is not under server/plugins',
        why: 'The install script drops the name and succeeds: the plugin’s services run, and nobody can install it.',
        severity: 'error',
        *check({ workspace }) {
            const server = new Set(workspace.plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name));
            const frontend = new Set(workspace.plugins.filter(({ kind }) => kind === 'frontend').map(({ name }) => name));
            for (const { name, position } of installNames(workspace)) {
                if (name === 'all' || server.has(name))
                    continue;
                yield at(position, {
                    plugin: name,
                    message: frontend.has(name)
                        ? `${name} is a frontend plugin: plugin:install drops it without a word; offer it in ${layout/* layout */.Z.registryJson} instead`
                        : `there is no server/plugins/${name}${suggestion(name, server)}: plugin:install drops the name without a word`,
                });
            }
        },
    },
    {
        id: 'install-list/backend-plugin',
        title: 'plugin:install names a plugin without a browser side',
        why: 'The install script reads the manifest of its web part, finds none, and the build dies.',
        severity: 'error',
        *check({ workspace }) {
            const backend = new Set(workspace.plugins.filter(({ kind }) => kind === 'backend').map(({ name }) => name));
            for (const { name, position } of installNames(workspace)) {
                if (name === 'all' && backend.size > 0)
                    yield at(position, {
                        message: `plugin:install all stops at the backend plugins ${[...backend].join(', ')}, which have no web part: name the full-stack plugins one by one`,
                    });
                if (backend.has(name))
                    yield at(position, {
                        plugin: name,
                        message: `${name} has no web part to install, and the build dies at it: take it out of the list (its services load without)`,
                    });
            }
        },
    },
];
function installNames({ rootPackage }) {
    const names = rootPackage?.installList?.names ?? [];
    return rootPackage
        ? names.map(({ name, start }) => ({ name, position: (0,workspace_text/* positionAt */.t)(rootPackage, start) }))
        : [];
}
function pluginNames(workspace) {
    return new Set(workspace.plugins.map(({ name }) => name));
}
/** A plugin that is hosted elsewhere needs no directory here. */
function isAbsolute(url) {
    return url !== undefined && /^https?:\/\//.test(url);
}
function suggestion(name, names) {
    const near = (0,nearest/* nearest */.p)(name, names);
    return near ? ` (did you mean ${near}?)` : '';
}

;// CONCATENATED MODULE: ./src/rules/service.ts

const serviceRules = [
    {
        id: 'service/syntax-error',
        title: 'A service file does not parse',
        why: 'The server’s build prints the error and succeeds; the process that loads the file dies.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of services(workspace))
                if (service.syntaxProblem)
                    yield at(service.syntaxProblem.position, {
                        plugin: plugin.name,
                        message: `not valid TypeScript: ${service.syntaxProblem.message}`,
                    });
        },
    },
    {
        id: 'service/file-name',
        title: 'A service’s file name is not X.service.ts',
        why: 'The server loads **/*.service.js, case and dots included: what is named otherwise is compiled and never loaded.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of services(workspace)) {
                if (service.loadedIn !== 'unloaded')
                    continue;
                const name = service.path.slice(service.path.lastIndexOf('/') + 1);
                yield {
                    plugin: plugin.name,
                    file: service.path,
                    line: 1,
                    column: 1,
                    message: `${name} defines a service and is never loaded: rename it to ${properName(name)}`,
                };
            }
        },
    },
    {
        id: 'service/no-default-export',
        title: 'A service file has no default export',
        why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of parsedServices(workspace)) {
                if (service.hasDefaultExport)
                    continue;
                yield {
                    plugin: plugin.name,
                    file: service.path,
                    line: 1,
                    column: 1,
                    message: 'there is no default export: end the file with `export default` and the service class',
                };
            }
        },
    },
    {
        id: 'service/name-missing',
        title: 'A service has no name',
        why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of parsedServices(workspace)) {
                if (!service.hasDefaultExport || service.nameIs !== 'none')
                    continue;
                yield {
                    plugin: plugin.name,
                    file: service.path,
                    line: 1,
                    column: 1,
                    message: `the service has no name: add \`get serviceName() { return 'plugin:${plugin.name}' }\``,
                };
            }
        },
    },
    {
        id: 'service/name-mismatch',
        title: 'A service is not named after its plugin',
        why: 'The web client calls /api/plugin:NAME/…: a service of another name runs and is never found, or shares the calls of a core service.',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of parsedServices(workspace)) {
                const name = service.serviceName;
                if (!name || isNameOf(plugin, name.value))
                    continue;
                yield at(name.position, {
                    plugin: plugin.name,
                    message: `the service is named ${JSON.stringify(name.value)}; it must be "plugin:${plugin.name}" or "plugin:${plugin.name}.…", or the web client's calls get 404`,
                });
            }
        },
    },
    {
        id: 'service/duplicate-name',
        title: 'Two services have the same name',
        why: 'The second one is never registered, and nothing says so.',
        severity: 'error',
        *check({ workspace }) {
            const first = new Map();
            for (const { plugin, service } of parsedServices(workspace)) {
                // A development file may stand in for a production one: both are never loaded in production.
                if (!service.serviceName || service.loadedIn !== 'production')
                    continue;
                const other = first.get(service.serviceName.value);
                if (!other)
                    first.set(service.serviceName.value, service);
                else
                    yield at(service.serviceName.position, {
                        plugin: plugin.name,
                        message: `${other.path} has the service name ${JSON.stringify(service.serviceName.value)} already: the second is never registered; give this one a name of its own, such as "plugin:${plugin.name}.sub"`,
                    });
            }
        },
    },
];
function services(workspace) {
    return workspace.plugins.flatMap((plugin) => plugin.services.map((service) => ({ plugin, service })));
}
function parsedServices(workspace) {
    return services(workspace).filter(({ service }) => !service.syntaxProblem);
}
function isNameOf(plugin, serviceName) {
    const own = `plugin:${plugin.name}`;
    return serviceName === own || (serviceName.startsWith(`${own}.`) && serviceName.length > own.length + 1);
}
/** `mailService.ts`, `mail.Service.ts` and `mail.service.js` all mean `mail.service.ts`. */
function properName(fileName) {
    const stem = fileName.replace(/[._-]?services?(\.dev)?\.[cm]?[jt]sx?$/i, '');
    const dev = /\.dev\.[^.]+$/.test(fileName) ? '.dev' : '';
    return `${stem === '' ? 'index' : stem}.service${dev}.ts`;
}

;// CONCATENATED MODULE: ./src/rules/catalogue.ts








/** Everything that is checked before anything is built. */
const repositoryRules = [
    ...pluginRules,
    ...manifestRules,
    ...packageRules,
    ...serviceRules,
    ...registrationRules,
    ...declarationRules,
];
/** Every rule there is, by the moment at which it can be checked. */
const catalogue = { repository: repositoryRules, plan: planRules, proof: proofRules };
/** What there is to know about each rule, in the order of the catalogue. */
function allRules() {
    return [...catalogue.repository, ...catalogue.plan, ...catalogue.proof];
}

// EXTERNAL MODULE: ./src/rules/run.ts
var run = __nccwpck_require__(30);
;// CONCATENATED MODULE: ./src/services/compare.ts
/** Before any image was tried: every expected service with `loaded: null`. */
function unprovenServices(expected) {
    return sorted(expected.map((service) => ({ ...rowOf(service), loaded: null })));
}
/** Joins the services that the source promises with those that the image loaded. */
function compareServices(expected, probe) {
    const rows = [];
    const takenNames = new Map();
    for (const service of expected) {
        const found = probe.services.find(({ file }) => file === service.compiled);
        const row = { ...rowOf(service), ...(found?.name !== undefined && { name: found.name }) };
        const reason = whyMissing(service, found, probe, takenNames);
        if (found?.name !== undefined && reason === undefined)
            takenNames.set(found.name, service.file);
        rows.push({
            ...row,
            loaded: reason === undefined,
            ...(reason !== undefined && { name: service.name ?? row.name, reason }),
            ...(reason === undefined && found?.actions && { actions: found.actions.map(({ name }) => name) }),
        });
    }
    for (const { file, name, error } of probe.services) {
        if (expected.some(({ compiled }) => compiled === file))
            continue;
        rows.push({
            name: name ?? file,
            file: `server/dist/${file}`,
            expected: false,
            loaded: error === undefined,
            reason: error
                ? `threw while it was constructed: ${error.message}`
                : 'no source file or declaration asks for it',
        });
    }
    return { expected: [...expected], rows: sorted(rows) };
}
function whyMissing(service, found, probe, takenNames) {
    if (!found) {
        if (probe.loading === service.compiled)
            return 'the process that loads services died or hung while it constructed this one';
        if (!probe.finished)
            return probe.loading
                ? `not tried: the process died or hung at ${probe.loading}`
                : `not tried: ${probe.error?.message ?? 'the probe did not get that far'}`;
        return `not in the image: server/dist/${service.compiled} does not exist`;
    }
    if (found.error)
        return `threw while it was constructed: ${found.error.message}${found.error.at ? ` (${found.error.at})` : ''}`;
    if (found.name === undefined || (service.name !== undefined && found.name !== service.name))
        return `loaded under the name ${JSON.stringify(found.name ?? '')}`;
    const first = takenNames.get(found.name);
    return first === undefined ? undefined : `${first} has the same name, so this one is never registered`;
}
function rowOf(service) {
    return {
        name: service.name ?? service.compiled,
        plugin: service.plugin,
        file: service.file,
        expected: true,
    };
}
function sorted(rows) {
    return rows.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : (a.file ?? '') < (b.file ?? '') ? -1 : 1);
}

;// CONCATENATED MODULE: ./src/services/expected.ts
/** The services that an image of this tree must load: `*.service.ts`, less those declared `services: dev`. */
function expectedServices(desired) {
    return desired.plugins
        .filter(({ expectServices }) => expectServices)
        .flatMap(({ plugin }) => plugin.services
        .filter(({ loadedIn }) => loadedIn === 'production')
        .map((service) => ({
        name: service.serviceName?.value,
        plugin: plugin.name,
        file: service.path,
        ...(service.serviceName && { line: service.serviceName.position.line }),
        compiled: service.path.replace(/^server\//, '').replace(/\.tsx?$/, '.js'),
    })));
}

// EXTERNAL MODULE: ./src/workspace/read.ts + 1 modules
var read = __nccwpck_require__(8467);
;// CONCATENATED MODULE: ./src/pipeline.ts


















/**
 * Takes a Tailchat repository through all stages that the mode asks for.
 * @returns the report, also when a stage failed: `report.failure` says which one and why
 */
async function runPipeline(inputs, { root, event, log }) {
    const report = (0,report_report/* emptyReport */._O)(inputs.mode);
    const stage = stageRunner(report);
    try {
        const workspace = await stage('workspace', () => (0,read.readWorkspace)(root));
        const declarations = await stage('declarations', () => readDeclarations(workspace, inputs));
        const desired = (0,declarations_desired/* desiredState */.Iq)(workspace, declarations, inputs.undeclared);
        report.plugins = (0,report_report/* reportPlugins */.h_)(desired);
        const expected = expectedServices(desired);
        report.services = unprovenServices(expected);
        const findings = await stage('rules', () => checkRepository(workspace, desired));
        const plan = await stage('sync', () => (0,sync_plan/* planSync */.R4)(workspace, desired, unsoundPlugins(findings)));
        report.changes = (0,report_report/* reportChanges */.wr)(plan);
        const writes = inputs.mode !== 'check' && !inputs.dryRun;
        findings.push(...checkPlan(plan, declarations, inputs.mode === 'check'));
        report.findings = (0,report_report/* reportFindings */.LH)(findings);
        if (writes && plan.edits.length > 0) {
            await stage('apply', () => applyEditsToDisk(workspace.root, plan.edits));
            report.applied = true;
        }
        if (inputs.mode !== 'deploy')
            return report;
        if ((0,report_report/* hasFailingFindings */.PS)(report, inputs.failOn))
            throw new StageError('rules', 'nothing was built: mend the findings first');
        report.strategy = 'full';
        report.notes.push('Strategy full: this version builds with the repository’s own Dockerfile.');
        const build = await stage('prepare', () => planBuild(inputs, workspace.root, event));
        if (inputs.dryRun) {
            report.notes.push(`Dry run: would build, prove, and then move ${build.references.join(', ') || 'no tag'}.`);
            return report;
        }
        await withDocker(inputs.image.login, log, async (docker) => {
            const image = await stage('image', () => buildImage(docker, build.plan, build.names, build.epochSeconds));
            report.image = {
                name: image.pushed ? (build.names[0] ?? '') : '',
                digest: image.digest,
                tags: [],
                platforms: build.plan.platforms,
            };
            if (inputs.verify === 'none')
                report.notes.push('The services of the image were not proven: verify is none.');
            else {
                log(`Proving ${(0,report_report/* plural */.LS)(expected.length, 'service')} in ${image.reference}`);
                const { loadServicesInImage } = await Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(418)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1418));
                const probe = await stage('proof', () => loadServicesInImage(image.reference, inputs.image.appDir, docker.env));
                const proof = compareServices(expected, probe);
                report.services = proof.rows;
                report.findings = (0,report_report/* reportFindings */.LH)([
                    ...findings,
                    ...(0,run/* runRules */.xG)(catalogue.proof, proof, declarations.rules),
                ]);
                const missing = proof.rows.filter((row) => row.expected && !row.loaded);
                if (missing.length > 0)
                    throw new StageError('proof', `the image does not load ${missing.map(({ name, reason }) => `${name} (${reason})`).join('; ')}; no tag was moved`);
            }
            if (build.references.length > 0)
                await stage('tags', () => publishTags(docker, image, build.references, report.image));
        });
        return report;
    }
    catch (error) {
        report.failure = describeFailure(error);
        return report;
    }
}
/** A failure that the pipeline itself calls one; the message is for the person who must act. */
class StageError extends Error {
    stage;
    constructor(stage, message, options) {
        super(message, options);
        this.stage = stage;
    }
}
/** Times each stage, and says which one an unexpected error came from. */
function stageRunner(report) {
    return async (name, work) => {
        const started = performance.now();
        try {
            return await work();
        }
        catch (error) {
            if (error instanceof StageError)
                throw error;
            throw new StageError(name, error instanceof Error ? error.message : String(error), { cause: error });
        }
        finally {
            report.timings[name] = Math.round(performance.now() - started);
        }
    };
}
function describeFailure(error) {
    if (!(error instanceof StageError))
        return {
            stage: 'docker',
            message: error instanceof Error ? error.message : String(error),
            details: detailsOf(error),
        };
    return { stage: error.stage, message: error.message, details: detailsOf(error.cause) };
}
function detailsOf(error) {
    return error instanceof command/* CommandError */.Q ? error.lastLines : [];
}
async function readDeclarations(workspace, inputs) {
    const { file, required } = inputs.declarations;
    const path = external_node_path_.posix.normalize(file);
    const result = (0,files/* readRepositoryFile */.tz)(workspace.root, path);
    if ('text' in result) {
        // The YAML and schema libraries are only loaded where there is something to read.
        const { parseDeclarations } = await Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(421)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3421));
        return parseDeclarations({ path, text: result.text });
    }
    if ('reason' in result)
        throw new Error(`${path} ${result.reason}`);
    if (required)
        throw new Error(`${path} does not exist: write it (\`tailchat-plugins init\` makes one)`);
    return noDeclarations;
}
function checkRepository(workspace, desired) {
    const { declarations } = desired;
    return [
        ...(0,run/* runRules */.xG)(catalogue.repository, { workspace, desired }, declarations.rules),
        ...(0,run/* unknownRuleFindings */.FO)(declarations, allRules()),
    ];
}
/** Plugins whose manifest a rule calls wrong, whatever severity this repository gives the rule. */
function unsoundPlugins(findings) {
    const unsound = findings.filter(({ rule }) => rule.startsWith('manifest/') || rule === 'plugin/name-not-reverse-domain');
    return new Set(unsound.flatMap(({ plugin }) => plugin ?? []));
}
/** What sync will write is no finding; without sync it is. What it can't write always is one. */
function checkPlan(plan, declarations, checkOnly) {
    return (0,run/* runRules */.xG)(catalogue.plan, checkOnly ? plan : { ...plan, changes: [] }, declarations.rules);
}
/** Decides all of a build before anything is started, so that a mistake costs no minutes. */
async function planBuild(inputs, root, event) {
    const { image } = inputs;
    const commit = await readCommit(root);
    const names = image.names.map(imageName);
    const tags = image.tags.length > 0
        ? image.tags
        : deriveTags({ ref: event.ref, sha: commit?.sha ?? event.sha, pullRequest: event.pullRequest?.number });
    const targets = image.push ? references(names, tags) : [];
    const foreign = targets.find((target) => !names.some((name) => target.startsWith(`${name}:`)));
    if (foreign)
        throw new Error(`the tag ${foreign} is of none of the images ${names.join(', ')}: add it to images`);
    const labels = provenanceLabels({
        url: event.repositoryUrl || commit?.url,
        revision: commit?.sha ?? (event.sha || undefined),
        created: commit?.time,
    });
    return {
        names: image.push ? names : [],
        references: targets,
        epochSeconds: commit?.epochSeconds,
        plan: {
            dockerfile: (0,external_node_path_.join)(root, image.dockerfile),
            context: (0,external_node_path_.join)(root, image.context),
            labels: { ...labels, ...keyValues(image.labels) },
            buildArgs: image.buildArgs,
            buildSecrets: image.buildSecrets,
            platforms: image.platforms,
            cacheFrom: image.cacheFrom,
            cacheTo: image.cacheTo,
            builder: image.builder,
        },
    };
}
function keyValues(items) {
    return Object.fromEntries(items.map((item) => {
        const at = item.indexOf('=');
        return at === -1 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
    }));
}
/** Moves the tags and writes down where they pointed before. */
async function publishTags(docker, image, targets, reported) {
    const [first] = targets;
    if (!reported || first === undefined)
        return;
    const previous = await digestOf(docker, first);
    if (previous !== undefined)
        reported.previousDigest = previous;
    reported.digest = await moveTags(docker, image, targets);
    reported.name = first.slice(0, first.lastIndexOf(':'));
    reported.tags = [...targets];
}


/***/ }),

/***/ 8850:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ix: () => (/* binding */ isFailed),
/* harmony export */   LH: () => (/* binding */ reportFindings),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   PS: () => (/* binding */ hasFailingFindings),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   _O: () => (/* binding */ emptyReport),
/* harmony export */   h_: () => (/* binding */ reportPlugins),
/* harmony export */   wr: () => (/* binding */ reportChanges)
/* harmony export */ });
/* unused harmony export countOf */
/* harmony import */ var _rules_run_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(30);
/* harmony import */ var _sync_plan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4180);
/* harmony import */ var _workspace_read_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8467);



/** A report with nothing in it yet. */
function emptyReport(mode) {
    return {
        version: 1,
        mode,
        notes: [],
        timings: {},
        plugins: [],
        findings: [],
        changes: [],
        applied: false,
        services: [],
    };
}
/** The plugins as the report shows them. */
function reportPlugins(desired) {
    return desired.plugins.map(({ plugin, offer }) => {
        const version = plugin.web?.manifest ? versionOf(plugin.web.manifest.value) : undefined;
        return {
            name: plugin.name,
            kind: plugin.kind,
            offer,
            directory: plugin.directory,
            ...(version !== undefined && { version }),
            services: plugin.services
                .filter(({ loadedIn }) => loadedIn === 'production')
                .map((service) => service.serviceName?.value ?? 'unknown')
                .sort(_workspace_read_js__WEBPACK_IMPORTED_MODULE_2__/* .compare */ .U),
        };
    });
}
/** The changes as the report shows them: a line for each file. */
function reportChanges(plan) {
    return plan.edits.map(({ file }) => ({
        file,
        summary: plan.changes
            .filter(({ place }) => _sync_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .fileOfPlace */ .bx[place] === file)
            .map(({ action, plugin }) => `${action} ${plugin}`)
            .join(', '),
    }));
}
/** The findings as the report shows them, sorted by place; the same problem never appears twice. */
function reportFindings(findings) {
    const unique = new Map(findings.map((finding) => [
        JSON.stringify([finding.rule, finding.file, finding.line, finding.column, finding.message]),
        finding,
    ]));
    return [...unique.values()]
        .sort(_rules_run_js__WEBPACK_IMPORTED_MODULE_0__/* .byPlace */ .hz)
        .map(({ rule, severity, plugin, file, line, column, message, fixable }) => ({
        rule,
        severity,
        ...(plugin !== undefined && { plugin }),
        file,
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
        message,
        fixable,
    }));
}
/** How many findings there are of a severity. */
function countOf(report, severity) {
    return report.findings.filter((finding) => finding.severity === severity).length;
}
/** Whether the findings are severe enough to stop at. */
function hasFailingFindings(report, failOn) {
    if (failOn === 'never')
        return false;
    return countOf(report, 'error') > 0 || (failOn === 'warning' && countOf(report, 'warning') > 0);
}
/** Whether the step fails. A stage that failed always fails it, whatever `fail-on` says. */
function isFailed(report, failOn) {
    return report.failure !== undefined || hasFailingFindings(report, failOn);
}
/** One line that says how the run ended. */
function headline(report) {
    if (report.failure)
        return `${report.mode} failed in stage ${report.failure.stage}: ${report.failure.message}`;
    const counts = ['error', 'warning', 'notice']
        .map((severity) => plural(countOf(report, severity), severity))
        .join(', ');
    const parts = [plural(report.plugins.length, 'plugin'), counts];
    if (report.image) {
        const expected = report.services.filter((service) => service.expected);
        const loaded = expected.filter((service) => service.loaded === true);
        if (expected.some((service) => service.loaded !== null))
            parts.push(`${loaded.length} of ${plural(expected.length, 'service')} proven`);
    }
    return parts.join('; ');
}
/** `1 error`, `2 errors`. */
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
function versionOf(manifest) {
    return typeof manifest === 'object' &&
        manifest !== null &&
        'version' in manifest &&
        typeof manifest.version === 'string'
        ? manifest.version
        : undefined;
}


/***/ }),

/***/ 5503:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  b: () => (/* binding */ renderTerminal)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./src/report/report.ts
var report_report = __nccwpck_require__(8850);
;// CONCATENATED MODULE: ./src/report/summary.ts


/** GitHub shows a summary of at most 1 MiB; past this many rows a table is cut, and says so. */
const MAX_ROWS = 500;
const SEVERITY_MARK = { error: '❌ error', warning: '⚠️ warning', notice: 'ℹ️ notice' };
/**
 * The job summary in Markdown.
 * @param failed whether the step fails
 */
function renderSummary(report, failed) {
    const sections = [
        [`## ${failed ? '❌' : '✅'} Tailchat plugins: ${report.mode}`, '', escapeMarkdown(headline(report))],
        report.notes.map((note) => `- ${escapeMarkdown(note)}`),
        failureSection(report),
        findingsSection(report),
        changesSection(report),
        imageSection(report),
        servicesSection(report),
        pluginsSection(report),
    ];
    return (sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n') + '\n');
}
function failureSection({ failure }) {
    if (!failure || failure.details.length === 0)
        return [];
    return [`### Last lines of ${escapeMarkdown(failure.stage)}`, '', ...fenced(failure.details)];
}
function findingsSection({ findings }) {
    if (findings.length === 0)
        return [];
    const order = { error: 0, warning: 1, notice: 2 };
    const rows = [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
    return [
        '### Findings',
        '',
        ...cutTable(['Severity', 'Where', 'What', 'Rule'], rows.map((finding) => [
            SEVERITY_MARK[finding.severity],
            code(placeOf(finding)),
            escapeMarkdown(finding.message),
            code(finding.rule),
        ])),
    ];
}
function changesSection({ changes, applied }) {
    if (changes.length === 0)
        return [];
    return [
        `### Registration files ${applied ? 'changed' : 'to change'}`,
        '',
        ...table(['File', 'Change'], changes.map(({ file, summary }) => [code(file), escapeMarkdown(summary)])),
    ];
}
function imageSection({ image, strategy, timings }) {
    if (!image)
        return [];
    const facts = [
        ['Digest', code(image.name === '' ? image.digest : `${image.name}@${image.digest}`)],
        ['Tags', image.tags.length > 0 ? image.tags.map(code).join(' ') : 'none moved'],
    ];
    if (image.previousDigest)
        facts.push(['Before', code(image.previousDigest)]);
    if (image.platforms.length > 0)
        facts.push(['Platforms', escapeMarkdown(image.platforms.join(', '))]);
    if (strategy)
        facts.push(['Strategy', strategy]);
    const seconds = (stage) => `${((timings[stage] ?? 0) / 1000).toFixed(1)} s`;
    facts.push(['Time', `build ${seconds('image')}, proof ${seconds('proof')}`]);
    return ['### Image', '', ...table(['', ''], facts)];
}
function servicesSection({ services, image }) {
    if (services.length === 0 || (!image && services.every(({ loaded }) => loaded === null)))
        return [];
    const expected = services.filter((service) => service.expected);
    const loaded = expected.filter((service) => service.loaded === true);
    return [
        `### Services: ${loaded.length} of ${expected.length} loaded`,
        '',
        ...cutTable(['Service', 'Plugin', 'State', 'Actions', 'Why'], services.map((service) => [
            code(service.name),
            service.plugin ? code(service.plugin) : '',
            stateOf(service),
            service.actions?.map(code).join(' ') ?? '',
            escapeMarkdown(service.reason ?? ''),
        ])),
    ];
}
function stateOf({ expected, loaded }) {
    if (loaded === null)
        return 'not tried';
    if (!expected)
        return loaded ? '⚠️ not expected' : '⚠️ not expected, fails';
    return loaded ? '✅ loaded' : '❌ missing';
}
function pluginsSection({ plugins }) {
    if (plugins.length === 0)
        return [];
    return [
        `<details><summary>${plural(plugins.length, 'plugin')}</summary>`,
        '',
        ...cutTable(['Plugin', 'Kind', 'Offer', 'Version', 'Services'], plugins.map((plugin) => [
            code(plugin.name),
            plugin.kind,
            plugin.kind === 'backend' ? '' : plugin.offer,
            escapeMarkdown(plugin.version ?? ''),
            plugin.services.map(code).join(' '),
        ])),
        '',
        '</details>',
    ];
}
function cutTable(head, rows) {
    const left = rows.length - MAX_ROWS;
    return left > 0
        ? [...table(head, rows.slice(0, MAX_ROWS)), '', `… and ${left} more; the report file has them all`]
        : table(head, rows);
}
/** `file:line:column`, as editors and terminals understand it. */
function placeOf({ file, line, column }) {
    return [file, line, column].filter((part) => part !== undefined).join(':');
}

;// CONCATENATED MODULE: ./src/report/terminal.ts



/** The report as lines for a terminal. Control characters from the repository never reach it. */
function renderTerminal(report) {
    const lines = [];
    for (const finding of report.findings)
        lines.push(`${placeOf(finding)}  ${finding.severity}  ${finding.message}  [${finding.rule}]`);
    for (const { file, summary } of report.changes)
        lines.push(`${report.applied ? 'changed' : 'to change'}  ${file}: ${summary}`);
    for (const service of report.services) {
        if (service.loaded === null)
            continue;
        const state = !service.expected ? 'not expected' : service.loaded ? 'loaded' : 'MISSING';
        lines.push(`${state}  ${service.name}${service.reason ? `: ${service.reason}` : ''}`);
    }
    if (report.image) {
        const { name, digest, tags } = report.image;
        lines.push(`image  ${name === '' ? digest : `${name}@${digest}`}`);
        for (const tag of tags)
            lines.push(`tag  ${tag}`);
    }
    lines.push(...report.notes.map((note) => `note  ${note}`));
    if (report.failure)
        lines.push(...report.failure.details.map((line) => `  | ${line}`));
    lines.push((0,report_report/* headline */.Pl)(report));
    return lines.map(printable).join('\n') + '\n';
}
function printable(line) {
    // eslint-disable-next-line no-control-regex -- these are what must not get through
    return (0,external_node_util_.stripVTControlCharacters)(line).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}


/***/ }),

/***/ 30:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ unknownRuleFindings),
/* harmony export */   hz: () => (/* binding */ byPlace),
/* harmony export */   xG: () => (/* binding */ runRules)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7909);
/* harmony import */ var _workspace_read_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8467);


/** Checks every rule that is not switched off; the findings come sorted by place. */
function runRules(rules, subject, severities) {
    return rules
        .flatMap((rule) => {
        const severity = severities.get(rule.id) ?? rule.severity;
        if (severity === 'off')
            return [];
        return [...rule.check(subject)].map((problem) => ({
            ...problem,
            rule: rule.id,
            severity,
            fixable: problem.fixable ?? false,
        }));
    })
        .sort(byPlace);
}
/** One finding for each rule id of the declarations that no rule has. */
function unknownRuleFindings(declarations, rules) {
    const ids = rules.map(({ id }) => id);
    return [...declarations.rulePositions]
        .filter(([id]) => !ids.includes(id))
        .map(([id, position]) => {
        const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(id, ids);
        return {
            ...position,
            rule: 'declarations/invalid',
            severity: 'error',
            fixable: false,
            message: `there is no rule ${JSON.stringify(id)}${near ? ` (did you mean ${near}?)` : ''}`,
        };
    });
}
/** Orders findings by file, line, column, rule and message. */
function byPlace(a, b) {
    return ((0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .U)(a.file, b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0) ||
        (0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .U)(a.rule, b.rule) ||
        (0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .U)(a.message, b.message));
}


/***/ }),

/***/ 4180:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  bx: () => (/* binding */ fileOfPlace),
  R4: () => (/* binding */ planSync)
});

// UNUSED EXPORTS: positionOf

// EXTERNAL MODULE: ./src/workspace/json.ts
var json = __nccwpck_require__(8047);
// EXTERNAL MODULE: ./src/workspace/layout.ts
var layout = __nccwpck_require__(2611);
// EXTERNAL MODULE: ./src/workspace/text.ts
var workspace_text = __nccwpck_require__(9738);
// EXTERNAL MODULE: ./src/workspace/typescript.ts
var typescript = __nccwpck_require__(4638);
// EXTERNAL MODULE: ./src/workspace/builtin.ts
var builtin = __nccwpck_require__(7634);
;// CONCATENATED MODULE: ./src/sync/text-edits.ts
/** Applies edits that don't overlap; every character outside them is kept. */
function applyEdits(text, edits) {
    let result = text;
    for (const edit of [...edits].sort((a, b) => b.offset - a.offset))
        result = result.slice(0, edit.offset) + edit.content + result.slice(edit.offset + edit.length);
    return result;
}
/** The line ending that a text uses: that of its first line. */
function lineEndingOf(text) {
    return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}
/** The white space at the start of the line that holds `offset`. */
function indentAt(text, offset) {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return /[^\S\n]*/y.exec(text.slice(lineStart))?.[0] ?? '';
}

;// CONCATENATED MODULE: ./src/sync/builtin-ts.ts


/** Where a maintainer's formatter breaks a line (Tailchat uses prettier's default). */
const LINE_WIDTH = 80;
/**
 * Edits the array `builtinPlugins`. New entries go behind the last unconditional one, in the file's own style; an
 * entry that goes takes the comment directly above it along.
 * @throws when the file holds no array that can be edited
 */
function editBuiltinTs(parse, file, change) {
    const removed = change.remove.reduce((text, name) => removeEntries(parse, { ...file, text }, name), file.text);
    return change.add.reduce((text, manifest) => addEntry(parse, { ...file, text }, manifest), removed);
}
function understoodList(parse, file) {
    const list = (0,builtin/* readBuiltinList */.U)(parse, file);
    if (!list.understood)
        throw new Error(`${file.path} cannot be edited: ${list.reason}`);
    return list;
}
function addEntry(parse, file, manifest) {
    const { text } = file;
    const { entries, open, close } = understoodList(parse, file);
    const eol = lineEndingOf(text);
    const quote = quoteOf(text);
    const first = entries[0];
    const indent = first ? indentAt(text, first.start) : `${indentAt(text, open)}  `;
    const rendered = renderEntry(manifest, { eol, indent, quote });
    const previous = entries.findLast((entry) => !entry.conditional);
    if (!previous) {
        if (!first) {
            const content = `${eol}${indent}${rendered},${eol}${indentAt(text, open)}`;
            return applyEdits(text, [{ offset: open + 1, length: close - open - 1, content }]);
        }
        return applyEdits(text, [{ offset: open + 1, length: 0, content: `${eol}${indent}${rendered},` }]);
    }
    const comma = commaAfter(text, previous.end, close);
    const content = comma === undefined ? `,${eol}${indent}${rendered}` : `${eol}${indent}${rendered},`;
    const offset = comma === undefined ? previous.end : endOfTrailingComment(text, comma + 1);
    return applyEdits(text, [{ offset, length: 0, content }]);
}
function removeEntries(parse, file, name) {
    const { text } = file;
    const { entries, open, close } = understoodList(parse, file);
    const index = entries.findIndex((entry) => entry.name === name);
    const entry = entries[index];
    if (!entry)
        return text;
    const comma = commaAfter(text, entry.end, close);
    const [start, end] = comma === undefined
        ? [beforeLast(text, entries[index - 1], open, entry), entry.end]
        : [startOfOwnLines(text, entry.start), endOfTrailingComment(text, comma + 1)];
    const without = applyEdits(text, [{ offset: start, length: end - start, content: '' }]);
    return removeEntries(parse, { ...file, text: without }, name);
}
/** The last entry of an array without a trailing comma takes the comma before it along. */
function beforeLast(text, previous, open, entry) {
    if (!previous)
        return open + 1;
    const comma = commaAfter(text, previous.end, entry.start);
    return comma ?? previous.end;
}
/** The offset of the line break before the entry and before the comment lines that stand directly on top of it. */
function startOfOwnLines(text, start) {
    let lineStart = text.lastIndexOf('\n', start - 1) + 1;
    if (text.slice(lineStart, start).trim() !== '')
        return start;
    for (;;) {
        const previousStart = text.lastIndexOf('\n', lineStart - 2) + 1;
        const line = text.slice(previousStart, lineStart).trim();
        if (lineStart === 0 || !(line.startsWith('//') || (line.startsWith('/*') && line.endsWith('*/'))))
            break;
        lineStart = previousStart;
    }
    const lineBreak = lineStart - 1;
    return text[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak;
}
/** The offset of the comma behind an entry, skipping white space and comments; `undefined` without one. */
function commaAfter(text, offset, limit) {
    const gap = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    gap.lastIndex = offset;
    gap.exec(text);
    const at = gap.lastIndex;
    return at < limit && text[at] === ',' ? at : undefined;
}
/** The end of a comment that follows on the same line and is all that does; `offset` itself without one. */
function endOfTrailingComment(text, offset) {
    const comment = /[^\S\r\n]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)(?=\r?\n)/y;
    comment.lastIndex = offset;
    return comment.exec(text) ? comment.lastIndex : offset;
}
function quoteOf(text) {
    const [singles, doubles] = ["'", '"'].map((quote) => text.split(quote).length);
    return doubles > singles ? '"' : "'";
}
function renderEntry(manifest, style) {
    const inner = `${style.indent}  `;
    const lines = Object.entries(manifest).map(([key, value]) => {
        const name = /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__' ? key : renderString(key, style.quote);
        const rendered = typeof value === 'string'
            ? renderString(value, style.quote)
            : JSON.stringify(value, null, 2).replaceAll('\n', style.eol + inner);
        const line = `${inner}${name}: ${rendered},`;
        const tooLong = typeof value === 'string' && displayWidth(line) > LINE_WIDTH;
        return tooLong ? `${inner}${name}:${style.eol}${inner}  ${rendered},` : line;
    });
    return ['{', ...lines, `${style.indent}}`].join(style.eol);
}
/** A string literal: the other quote where that saves escapes, as prettier writes it. */
function renderString(value, preferred) {
    const other = preferred === "'" ? '"' : "'";
    const count = (quote) => value.split(quote).length;
    const quote = count(preferred) > count(other) ? other : preferred;
    const escaped = JSON.stringify(value)
        .slice(1, -1)
        .replaceAll('\\"', '"')
        .replaceAll('\u2028', '\\u2028')
        .replaceAll('\u2029', '\\u2029')
        .replaceAll(quote, `\\${quote}`);
    return quote + escaped + quote;
}
/** Columns on a screen: wide East Asian characters take two. */
function displayWidth(line) {
    let width = 0;
    for (const character of line)
        width +=
            /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character)
                ? 2
                : 1;
    return width;
}

// EXTERNAL MODULE: ./src/workspace/install-list.ts
var install_list = __nccwpck_require__(747);
;// CONCATENATED MODULE: ./src/sync/install-list.ts


/** What a name may hold to be written into a shell command inside a JSON string without any quoting. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** Whether a plugin's name can stand in the install list: a shell reads that list. */
function isSafeInShell(name) {
    return SAFE_NAME.test(name);
}
/**
 * Edits the `plugin:install` list inside a script of a package.json. Everything else in the file keeps its bytes.
 * @throws when no script has such a list, or a name to add would mean more than itself to a shell
 */
function editInstallList(file, change) {
    const list = (0,install_list/* readInstallList */.i)(file);
    if (!list)
        throw new Error(`${file.path} has no script that runs plugin:install`);
    const unsafe = change.add.find((name) => !isSafeInShell(name));
    if (unsafe !== undefined)
        throw new Error(`the name ${JSON.stringify(unsafe)} cannot stand in a shell command`);
    const edits = [];
    let previousEnd = list.commandEnd;
    for (const { name, end } of list.names) {
        if (change.remove.includes(name))
            edits.push({ offset: previousEnd, length: end - previousEnd, content: '' });
        previousEnd = end;
    }
    const text = applyEdits(file.text, edits);
    if (change.add.length === 0)
        return text;
    const kept = (0,install_list/* readInstallList */.i)({ ...file, text });
    const end = kept?.names.at(-1)?.end ?? kept?.commandEnd ?? list.commandEnd;
    return applyEdits(text, [
        { offset: end, length: 0, content: change.add.map((name) => ` ${name}`).join('') },
    ]);
}

// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(9547);
;// CONCATENATED MODULE: ./src/sync/registry-json.ts



/**
 * Edits the text of client/web/registry.json. Entries that stay keep every byte; new ones go last, in the style
 * of the file.
 * @throws when the text is not a JSON array
 */
function editRegistryJson(text, change) {
    const removed = change.remove.reduce(registry_json_removeEntries, text);
    return change.add.reduce(appendEntry, removed);
}
function entriesOf(text) {
    const array = (0,main.parseTree)((0,json/* withoutBom */.vA)(text));
    if (array?.type !== 'array')
        throw new Error('the plugin registry is not a JSON array');
    return { array, entries: array.children ?? [] };
}
function registry_json_removeEntries(text, name) {
    const { array, entries } = entriesOf(text);
    const index = entries.findIndex((entry) => nameOf(text, entry) === name);
    const entry = entries[index];
    if (!entry)
        return text;
    const previous = entries[index - 1];
    const next = entries[index + 1];
    // The comma that goes is the one before the entry: the mirror image of what appending adds.
    const [start, end] = previous
        ? [endOf(previous), endOf(entry)]
        : next
            ? [entry.offset, next.offset]
            : [array.offset + 1, endOf(array) - 1];
    return registry_json_removeEntries(applyEdits(text, [{ offset: start, length: end - start, content: '' }]), name);
}
function appendEntry(text, manifest) {
    const { array, entries } = entriesOf(text);
    const eol = lineEndingOf(text);
    const last = entries.at(-1);
    if (!last) {
        const indent = indentAt(text, array.offset);
        const content = `${eol}${indent}  ${render(manifest, eol, `${indent}  `, '  ')}${eol}${indent}`;
        return applyEdits(text, [{ offset: array.offset + 1, length: endOf(array) - array.offset - 2, content }]);
    }
    // What stands between the last two entries, or before a single one, stands before the new one too.
    const previous = entries.at(-2);
    const gap = previous
        ? text.slice(endOf(previous), last.offset)
        : ',' + text.slice(array.offset + 1, last.offset);
    const lastText = text.slice(last.offset, endOf(last));
    const rendered = lastText.includes('\n')
        ? render(manifest, eol, indentAt(text, last.offset), indentUnit(text, last))
        : renderOnOneLine(manifest, lastText);
    return applyEdits(text, [{ offset: endOf(last), length: 0, content: gap + rendered }]);
}
function render(manifest, eol, indent, unit) {
    return JSON.stringify(manifest, null, unit).replaceAll('\n', eol + indent);
}
function renderOnOneLine(manifest, example) {
    if (!/"\s*:\s/.test(example))
        return JSON.stringify(manifest);
    const spaced = JSON.stringify(manifest, null, 1).replace(/\n\s*/g, ' ');
    return /^\{\s/.test(example) ? spaced : spaced.replace(/^\{ /, '{').replace(/ \}$/, '}');
}
/** How much deeper an entry's properties stand than the entry itself. */
function indentUnit(text, entry) {
    const property = entry.children?.[0];
    if (!property)
        return '  ';
    const outer = indentAt(text, entry.offset);
    const inner = indentAt(text, property.offset);
    return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
}
function nameOf(text, entry) {
    if (entry.type !== 'object')
        return undefined;
    const name = (0,json/* ownValue */.eC)(JSON.parse(text.slice(entry.offset, endOf(entry))), 'name');
    return typeof name === 'string' ? name : undefined;
}
function endOf(node) {
    return node.offset + node.length;
}

;// CONCATENATED MODULE: ./src/sync/plan.ts







/** The registration file that holds each list. */
const fileOfPlace = {
    registry: layout/* layout */.Z.registryJson,
    install: layout/* layout */.Z.rootPackageJson,
    builtin: layout/* layout */.Z.builtinTs,
};
/**
 * Computes the text that each registration file should have. Nothing is written.
 * @param unsound names of plugins whose manifest a rule calls wrong: it is never copied into a registration
 */
async function planSync(workspace, desired, unsound) {
    const changes = [];
    const blocked = [];
    for (const change of desired.plugins.flatMap((state) => differences(workspace, state))) {
        const reason = blockedBecause(workspace, change, unsound);
        if (reason === undefined)
            changes.push(change);
        else
            blocked.push({ ...change, reason });
    }
    return { changes, blocked, edits: await computeEdits(workspace, changes) };
}
function differences(workspace, { plugin, today, wanted }) {
    const places = [
        { place: 'registry', is: today.registry, should: wanted.registry },
        { place: 'install', is: today.install, should: wanted.install },
        { place: 'builtin', is: today.builtin !== 'no', should: wanted.builtin !== 'no' },
    ];
    return places
        .filter(({ is, should }) => is !== should)
        .map(({ place, should }) => ({
        plugin: plugin.name,
        place,
        action: should ? 'add' : 'remove',
        position: positionOf(workspace, place, plugin.name),
    }));
}
/** Where the plugin's entry stands in a list, or the list itself where it has none. */
function positionOf(workspace, place, name) {
    const nowhere = { file: fileOfPlace[place], line: 1, column: 1 };
    if (place === 'registry') {
        const entry = workspace.registry?.entries.find((each) => each.name === name);
        return workspace.registry ? (0,json/* positionInJson */.Fx)(workspace.registry, entry ? [entry.index] : []) : nowhere;
    }
    if (place === 'install') {
        const file = workspace.rootPackage;
        const list = file?.installList;
        if (!file || !list)
            return file ? (0,json/* positionInJson */.Fx)(file, ['scripts', 'build:server']) : nowhere;
        return (0,workspace_text/* positionAt */.t)(file, list.names.find((each) => each.name === name)?.start ?? list.commandEnd);
    }
    const file = workspace.builtin;
    if (!file?.list.understood)
        return nowhere;
    const entry = file.list.entries.find((each) => each.name === name);
    return (0,workspace_text/* positionAt */.t)(file, entry?.start ?? file.list.open);
}
/** Why a change can't be written, in words for the person who wants it; `undefined` when it can. */
function blockedBecause(workspace, change, unsound) {
    const { plugin, place, action } = change;
    const file = fileOfPlace[place];
    if (action === 'add' && unsound.has(plugin))
        return `its manifest has errors, and a wrong manifest is not registered: mend it first`;
    if (place === 'registry') {
        if (!workspace.registry)
            return `${file} does not exist or cannot be read`;
        if (!Array.isArray(workspace.registry.value))
            return `${file} is not a JSON array`;
    }
    if (place === 'install') {
        if (!workspace.rootPackage?.installList)
            return `no script of ${file} runs plugin:install: add \`pnpm run plugin:install ${plugin}\` to the script that builds the server`;
        if (!isSafeInShell(plugin))
            return `its name has characters that a shell would read as its own: rename ${change.plugin}`;
    }
    if (place === 'builtin') {
        if (!workspace.builtin)
            return `${file} does not exist or cannot be read`;
        if (!workspace.builtin.list.understood)
            return `${file} cannot be edited: ${workspace.builtin.list.reason}; ${action} the entry of ${plugin} by hand`;
    }
    return undefined;
}
async function computeEdits(workspace, changes) {
    const names = (place, action) => changes.filter((each) => each.place === place && each.action === action).map(({ plugin }) => plugin);
    const manifests = (place) => names(place, 'add').map((name) => manifestOf(workspace.plugins, name));
    const edits = [];
    const edit = (place, before, after) => {
        if (after !== before)
            edits.push({ file: fileOfPlace[place], before, after });
    };
    const { registry, rootPackage, builtin } = workspace;
    if (builtin && changes.some(({ place }) => place === 'builtin')) {
        const change = { add: manifests('builtin'), remove: names('builtin', 'remove') };
        edit('builtin', builtin.text, editBuiltinTs(await (0,typescript/* loadTypeScriptParser */.xU)(), builtin, change));
    }
    if (registry && changes.some(({ place }) => place === 'registry')) {
        const change = { add: manifests('registry'), remove: names('registry', 'remove') };
        edit('registry', registry.text, editRegistryJson(registry.text, change));
    }
    if (rootPackage && changes.some(({ place }) => place === 'install')) {
        const change = { add: names('install', 'add'), remove: names('install', 'remove') };
        edit('install', rootPackage.text, editInstallList(rootPackage, change));
    }
    return edits.sort((a, b) => (a.file < b.file ? -1 : 1));
}
function manifestOf(plugins, name) {
    const manifest = (0,json/* asObject */.eB)(plugins.find((plugin) => plugin.name === name)?.web?.manifest?.value);
    // A plugin without a sound manifest is blocked before it gets here.
    if (!manifest)
        throw new Error(`${name} has no manifest to register`);
    return manifest;
}


/***/ }),

/***/ 944:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ withTemporaryDirectory)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



/** Gives `work` a directory of its own, readable by this user only, and removes it whatever happens. */
async function withTemporaryDirectory(work) {
    const directory = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(process.env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'tailchat-plugins-'));
    try {
        return await work(directory);
    }
    finally {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(directory, { recursive: true, force: true });
        }
        catch {
            // A container may have left files of another user: the machine's own clean-up takes them.
        }
    }
}


/***/ }),

/***/ 7634:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ readBuiltinList)
/* harmony export */ });
/* harmony import */ var _typescript_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4638);

/** Finds the array that `builtinPlugins` holds, bare or in a call such as `_compact([…])` or `[…].filter(Boolean)`. */
function readBuiltinList(parse, file) {
    const parsed = (0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .parseTypeScript */ .pv)(parse, file);
    if ('problem' in parsed) {
        const { message, position } = parsed.problem;
        return { understood: false, reason: `it does not parse: ${message} (line ${position.line})` };
    }
    const value = builtinPluginsValue(parsed.tree);
    if (!value)
        return { understood: false, reason: 'it declares no variable builtinPlugins' };
    const array = arrayIn((0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(value));
    if (!array)
        return { understood: false, reason: 'builtinPlugins is neither an array nor a call with an array' };
    return {
        understood: true,
        open: array.start ?? 0,
        close: (array.end ?? 1) - 1,
        entries: array.elements.flatMap((element) => (element ? [readEntry(element)] : [])),
    };
}
function builtinPluginsValue(tree) {
    for (const statement of tree.program.body) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (declaration?.type !== 'VariableDeclaration')
            continue;
        for (const { id, init } of declaration.declarations)
            if (id.type === 'Identifier' && id.name === 'builtinPlugins' && init)
                return init;
    }
    return undefined;
}
function arrayIn(node) {
    if (node.type === 'ArrayExpression')
        return node;
    if (node.type !== 'CallExpression')
        return undefined;
    const receiver = node.callee.type === 'MemberExpression' ? arrayIn((0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.callee.object)) : undefined;
    const argument = node.arguments[0] && arrayIn((0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.arguments[0]));
    // Of two arrays, as in `[…].concat([…])`, neither is the whole list.
    return receiver && argument ? undefined : (receiver ?? argument);
}
function readEntry(element) {
    const bare = (0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(element);
    const object = objectIn(bare);
    return {
        name: object && literalProperty(object, 'name'),
        url: object && literalProperty(object, 'url'),
        conditional: bare.type === 'LogicalExpression' || bare.type === 'ConditionalExpression',
        start: element.start ?? 0,
        end: element.end ?? 0,
    };
}
function objectIn(node) {
    if (node.type === 'ObjectExpression')
        return node;
    if (node.type === 'LogicalExpression')
        return objectIn((0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.right));
    if (node.type === 'ConditionalExpression')
        return objectIn((0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.consequent)) ?? objectIn((0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.alternate));
    return undefined;
}
function literalProperty(object, name) {
    for (const property of object.properties)
        if (property.type === 'ObjectProperty' && (0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .memberName */ .eg)(property) === name)
            return (0,_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .literalText */ .bK)(property.value);
    return undefined;
}


/***/ }),

/***/ 6234:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ listFiles),
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   Sk: () => (/* binding */ listDirectories),
/* harmony export */   tz: () => (/* binding */ readRepositoryFile)
/* harmony export */ });
/* unused harmony export errorCode */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/** Larger than any manifest, package.json, registration or service file that a person writes. */
const MAX_BYTES = 4 * 1024 * 1024;
/**
 * Reads a UTF-8 file of the repository.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @param path relative to `root`, with forward slashes
 */
function readRepositoryFile(root, path) {
    const absolute = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path);
    try {
        if (!isInside(root, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(absolute)))
            return { reason: 'is a symbolic link out of the repository' };
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(absolute);
        if (!stat.isFile())
            return { reason: 'is not a file' };
        if (stat.size > MAX_BYTES)
            return { reason: `has ${stat.size} bytes: more than the ${MAX_BYTES} that are read` };
        return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(absolute)) };
    }
    catch (error) {
        if (isErrorWithCode(error, 'ENOENT') || isErrorWithCode(error, 'ENOTDIR'))
            return { missing: true };
        if (isErrorWithCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA'))
            return { reason: 'is not valid UTF-8' };
        return { reason: `cannot be read (${errorCode(error)})` };
    }
}
/**
 * Lists the directories directly below `directory`; symbolic links to directories inside the repository count.
 * A directory that does not exist has none.
 */
function listDirectories(root, directory) {
    const names = [];
    const unreadable = [];
    for (const entry of entriesOf(root, directory, unreadable)) {
        if (entry.name.startsWith('.') || entry.name === 'node_modules')
            continue;
        if (resolveKind(root, `${directory}/${entry.name}`, entry, unreadable) === 'directory')
            names.push(entry.name);
    }
    return { names: names.sort(), unreadable };
}
/** Walks a directory once. node_modules and directories whose name starts with a dot are left out. */
function listFiles(root, directory) {
    const files = [];
    const unreadable = [];
    const walk = (relative, passed) => {
        const here = relative === '' ? directory : `${directory}/${relative}`;
        for (const entry of entriesOf(root, here, unreadable)) {
            // Looked at before the kind: package managers make it a link to wherever they like.
            if (entry.name === 'node_modules')
                continue;
            const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
            const kind = resolveKind(root, `${directory}/${path}`, entry, unreadable);
            if (kind === 'file')
                files.push(path);
            if (kind !== 'directory' || entry.name.startsWith('.'))
                continue;
            if (!entry.isSymbolicLink())
                walk(path, passed);
            else {
                // A link to a directory is followed, but never into one that holds it, or a link that led to it.
                const target = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, directory, path));
                const standing = [...passed, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, here))];
                if (!standing.some((each) => isInside(target, each)))
                    walk(path, standing);
            }
        }
    };
    walk('', []);
    return { files: files.sort(), unreadable };
}
/** The code of a system error such as `ENOENT`, or the error's message. */
function errorCode(error) {
    if (error instanceof Error)
        return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
    return String(error);
}
function isErrorWithCode(error, code) {
    return error instanceof Error && 'code' in error && error.code === code;
}
/** Whether an absolute path is `parent` or below it; both with their symbolic links resolved. */
function isInside(parent, path) {
    return path === parent || path.startsWith(parent.endsWith(node_path__WEBPACK_IMPORTED_MODULE_1__.sep) ? parent : parent + node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
}
function entriesOf(root, directory, unreadable) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, directory), { withFileTypes: true });
    }
    catch (error) {
        if (!isErrorWithCode(error, 'ENOENT'))
            unreadable.push({ path: directory, reason: `cannot be read (${errorCode(error)})` });
        return [];
    }
}
function resolveKind(root, path, entry, unreadable) {
    if (entry.isFile())
        return 'file';
    if (entry.isDirectory())
        return 'directory';
    if (!entry.isSymbolicLink())
        return 'other';
    try {
        const target = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path));
        if (!isInside(root, target)) {
            unreadable.push({ path, reason: 'is a symbolic link out of the repository' });
            return 'other';
        }
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(target);
        return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
    }
    catch (error) {
        unreadable.push({ path, reason: `is a broken symbolic link (${errorCode(error)})` });
        return 'other';
    }
}


/***/ }),

/***/ 747:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ readInstallList)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(jsonc_parser__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8047);


const COMMAND = 'plugin:install';
/** The script that Tailchat runs to build the server: looked at before any other. */
const USUAL_SCRIPT = 'build:server';
/** Finds the install list of a package.json; `undefined` when no script runs `plugin:install`. */
function readInstallList(file) {
    const scripts = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.findNodeAtLocation)((0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutBom */ .vA)(file.text)) ?? { type: 'null', offset: 0, length: 0 }, ['scripts']);
    const candidates = (scripts?.children ?? []).flatMap((property) => {
        const [key, value] = property.children ?? [];
        if (key?.type !== 'string' || value?.type !== 'string')
            return [];
        const script = key.value;
        // The script of that name is the command's definition, not a use of it.
        if (script === COMMAND)
            return [];
        const start = value.offset + 1;
        const found = findCommand(file.text.slice(start, value.offset + value.length - 1));
        return found ? [{ script, ...shifted(found, start) }] : [];
    });
    return candidates.find(({ script }) => script === USUAL_SCRIPT) ?? candidates[0];
}
/** Reads the names behind the command in the script's text as it stands between the quotes in the file. */
function findCommand(script) {
    const command = /(?<![\w:-])plugin:install(?![\w:-])/.exec(script);
    if (!command)
        return undefined;
    const commandEnd = command.index + COMMAND.length;
    const names = [];
    // A word may be quoted; the quotes of a JSON string arrive escaped. Anything else ends the command.
    const word = /\s+(\\?["']|)([\w@.:/-]+)\1(?=\s|$|[&|;)<>]|\\?["'])/y;
    word.lastIndex = commandEnd;
    for (let match = word.exec(script); match; match = word.exec(script)) {
        const [whole, quote = '', name = ''] = match;
        if (name.startsWith('-'))
            continue;
        const end = match.index + whole.length;
        names.push({ name, start: end - name.length - 2 * quote.length, end });
    }
    return { names, commandEnd };
}
function shifted(found, by) {
    return {
        commandEnd: found.commandEnd + by,
        names: found.names.map(({ name, start, end }) => ({ name, start: start + by, end: end + by })),
    };
}


/***/ }),

/***/ 8047:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fx: () => (/* binding */ positionInJson),
/* harmony export */   bX: () => (/* binding */ stringAt),
/* harmony export */   eB: () => (/* binding */ asObject),
/* harmony export */   eC: () => (/* binding */ ownValue),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   vA: () => (/* binding */ withoutBom)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(jsonc_parser__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9738);


/** Parses strict JSON, as `JSON.parse` does; a leading byte order mark is allowed, as Node's readers skip it. */
function parseJson(file) {
    try {
        return { ...file, value: JSON.parse(withoutBom(file.text)) };
    }
    catch {
        const errors = [];
        (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)(withoutBom(file.text), errors, { disallowComments: true });
        const error = errors[0];
        const message = error ? spaced((0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.printParseErrorCode)(error.error)) : 'not valid JSON';
        return { ...file, value: undefined, problem: { message, position: (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t)(file, error?.offset ?? 0) } };
    }
}
/** Where the value at `path` stands in the file; where it is missing, the nearest value around it. */
function positionInJson(file, path) {
    const root = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)(withoutBom(file.text));
    for (let length = path.length; root && length >= 0; length--) {
        const node = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.findNodeAtLocation)(root, path.slice(0, length));
        if (node)
            return (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t)(file, node.offset);
    }
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t)(file, 0);
}
/** The value as an object, or `undefined` when it is anything else (an array and `null` included). */
function asObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
/** The string at `path` in a parsed JSON value, or `undefined` when there is none. */
function stringAt(value, ...path) {
    const found = path.reduce((at, key) => ownValue(at, key), value);
    return typeof found === 'string' ? found : undefined;
}
/** The value that an object itself has under `key`: never one that it inherits, such as `constructor`. */
function ownValue(value, key) {
    const object = asObject(value);
    return object && Object.hasOwn(object, key) ? object[key] : undefined;
}
/** The same text with a byte order mark blanked out, so that offsets stay what they are in the file. */
function withoutBom(text) {
    return text.startsWith('\uFEFF') ? ' ' + text.slice(1) : text;
}
function spaced(camelCase) {
    return camelCase
        .replace(/([A-Z])/g, ' $1')
        .trim()
        .toLowerCase();
}


/***/ }),

/***/ 2611:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ canonicalUrl),
/* harmony export */   Z: () => (/* binding */ layout)
/* harmony export */ });
/**
 * Where things are in a Tailchat repository. Every path is relative to its root, with forward slashes.
 */
const layout = {
    /** Frontend plugins, one directory each, built by mini-star (client/web/package.json, `plugins:all`). */
    frontendPlugins: 'client/web/plugins',
    /** Backend and full-stack plugins, one directory each (server/scripts/installPlugin.js). */
    serverPlugins: 'server/plugins',
    /** The plugin registry of frontend plugins: what the plugin store offers. */
    registryJson: 'client/web/registry.json',
    /** The plugins that every client gets without asking. */
    builtinTs: 'client/web/src/plugin/builtin.ts',
    /** Holds `build:server`, which names the full-stack plugins to install. */
    rootPackageJson: 'package.json',
};
/** The url under which the web client asks for a plugin's bundle (client/web/src/plugin/manager.ts). */
function canonicalUrl(kind, name) {
    return `${kind === 'fullstack' ? '{BACKEND}' : ''}/plugins/${name}/index.js`;
}


/***/ }),

/***/ 8467:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  U: () => (/* binding */ compare),
  readWorkspace: () => (/* binding */ readWorkspace)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./src/workspace/builtin.ts
var workspace_builtin = __nccwpck_require__(7634);
// EXTERNAL MODULE: ./src/workspace/files.ts
var workspace_files = __nccwpck_require__(6234);
// EXTERNAL MODULE: ./src/workspace/install-list.ts
var install_list = __nccwpck_require__(747);
// EXTERNAL MODULE: ./src/workspace/json.ts
var workspace_json = __nccwpck_require__(8047);
// EXTERNAL MODULE: ./src/workspace/layout.ts
var layout = __nccwpck_require__(2611);
// EXTERNAL MODULE: ./src/workspace/text.ts
var workspace_text = __nccwpck_require__(9738);
// EXTERNAL MODULE: ./src/workspace/typescript.ts
var typescript = __nccwpck_require__(4638);
;// CONCATENATED MODULE: ./src/workspace/service.ts


/** Which runner loads a file of this name (server/packages/sdk/src/runner/index.ts, moleculer's runner.js). */
function loadedIn(path) {
    if (/\.service\.dev\.tsx?$/.test(path))
        return 'development';
    if (/\.service\.tsx?$/.test(path))
        return 'production';
    return 'unloaded';
}
/** Whether a file's name suggests a service: `x.service.ts`, and slips such as `x.Service.ts` or `xService.js`. */
function resemblesServiceFile(path) {
    return /services?(\.dev)?\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
/** Reads a service file's default export and service name without running it. */
function readServiceFile(parse, file) {
    const parsed = (0,typescript/* parseTypeScript */.pv)(parse, file);
    if ('problem' in parsed) {
        return {
            ...file,
            loadedIn: loadedIn(file.path),
            serviceName: undefined,
            nameIs: 'unknown',
            hasDefaultExport: false,
            syntaxProblem: parsed.problem,
        };
    }
    const exported = defaultExport(parsed.tree);
    const definition = exported && resolveDefinition(parsed.tree, exported);
    // Without a default export nothing is loaded, but the class that was meant still tells the name.
    const named = nameOf(exported ? definition : firstNamedClass(parsed.tree));
    return {
        ...file,
        loadedIn: loadedIn(file.path),
        hasDefaultExport: exported !== undefined,
        nameIs: named.is,
        serviceName: named.node && { value: named.value, position: (0,workspace_text/* positionAt */.t)(file, named.node.start ?? 0) },
    };
}
function defaultExport(tree) {
    for (const statement of tree.program.body) {
        if (statement.type === 'ExportDefaultDeclaration')
            return (0,typescript/* unwrap */.oA)(statement.declaration);
        // `export =` and `module.exports =`: moleculer takes the module itself when it has no default
        // (service-broker.js, loadService).
        if (statement.type === 'TSExportAssignment')
            return (0,typescript/* unwrap */.oA)(statement.expression);
        if (statement.type === 'ExportNamedDeclaration') {
            const specifier = statement.specifiers.find((each) => each.type === 'ExportSpecifier' &&
                (each.exported.type === 'Identifier' ? each.exported.name : each.exported.value) === 'default');
            if (specifier?.type === 'ExportSpecifier')
                return specifier.local;
        }
        if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
            const { left, right } = statement.expression;
            if (left.type === 'MemberExpression' &&
                left.object.type === 'Identifier' &&
                left.object.name === 'module' &&
                (0,typescript/* memberName */.eg)({ computed: left.computed, key: left.property }) === 'exports')
                return (0,typescript/* unwrap */.oA)(right);
        }
    }
    return undefined;
}
function resolveDefinition(tree, node) {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression' || node.type === 'ObjectExpression')
        return node;
    if (node.type !== 'Identifier')
        return undefined;
    for (const statement of topLevel(tree)) {
        if (statement.type === 'ClassDeclaration' && statement.id?.name === node.name)
            return statement;
        if (statement.type !== 'VariableDeclaration')
            continue;
        for (const { id, init } of statement.declarations) {
            if (id.type === 'Identifier' && id.name === node.name && init) {
                const value = (0,typescript/* unwrap */.oA)(init);
                return value.type === 'Identifier' ? undefined : resolveDefinition(tree, value);
            }
        }
    }
    return undefined;
}
function topLevel(tree) {
    return tree.program.body.map((statement) => statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement);
}
function firstNamedClass(tree) {
    return topLevel(tree).find((statement) => statement.type === 'ClassDeclaration' && nameOf(statement).is === 'literal');
}
/** A class names its service by `get serviceName()`, a plain moleculer schema by its property `name`. */
function nameOf(definition) {
    if (!definition)
        return { is: 'unknown' };
    if (definition.type === 'ObjectExpression') {
        for (const property of definition.properties) {
            if (property.type === 'SpreadElement')
                return { is: 'unknown' };
            if ((0,typescript/* memberName */.eg)(property) === 'name')
                return property.type === 'ObjectProperty' ? reading(property.value) : { is: 'unknown' };
        }
        return { is: 'none' };
    }
    for (const member of definition.body.body) {
        if (member.type === 'ClassMethod' && member.kind === 'get' && (0,typescript/* memberName */.eg)(member) === 'serviceName') {
            const statement = member.body.body[0];
            return statement?.type === 'ReturnStatement' && statement.argument
                ? reading(statement.argument)
                : { is: 'unknown' };
        }
    }
    // A class that extends one of its own may inherit the getter; TcService itself has none.
    const parent = definition.superClass;
    const inheritsNothing = parent?.type === 'Identifier' && parent.name === 'TcService';
    return { is: inheritsNothing ? 'none' : 'unknown' };
}
function reading(node) {
    const value = (0,typescript/* literalText */.bK)(node);
    return value === undefined ? { is: 'unknown' } : { is: 'literal', value, node: (0,typescript/* unwrap */.oA)(node) };
}

;// CONCATENATED MODULE: ./src/workspace/read.ts








/**
 * Reads a Tailchat repository: each directory is walked once, each file read once. What cannot be read is listed
 * in `unreadable`, and the rest is read all the same.
 * @param directory path of the repository's root
 * @throws when `directory` is not a directory
 */
async function readWorkspace(directory) {
    const root = realRoot(directory);
    const unreadable = [];
    const reader = createReader(root, unreadable);
    const plugins = [];
    for (const parent of [layout/* layout */.Z.frontendPlugins, layout/* layout */.Z.serverPlugins]) {
        const listing = (0,workspace_files/* listDirectories */.Sk)(root, parent);
        unreadable.push(...listing.unreadable);
        for (const name of listing.names)
            plugins.push(await readPlugin(reader, parent, name));
    }
    plugins.sort((a, b) => compare(a.name, b.name) || compare(a.directory, b.directory));
    const registry = reader.json(layout/* layout */.Z.registryJson);
    const rootPackage = reader.json(layout/* layout */.Z.rootPackageJson);
    const builtin = reader.text(layout/* layout */.Z.builtinTs);
    return {
        root,
        plugins,
        registry: registry && { ...registry, entries: registryEntries(registry.value) },
        rootPackage: rootPackage && { ...rootPackage, installList: (0,install_list/* readInstallList */.i)(rootPackage) },
        builtin: builtin && { ...builtin, list: (0,workspace_builtin/* readBuiltinList */.U)(await (0,typescript/* loadTypeScriptParser */.xU)(), builtin) },
        unreadable,
    };
}
/** Orders strings by their UTF-16 units: the same on every machine, whatever its locale. */
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
function createReader(root, unreadable) {
    const text = (path, plugin) => {
        const result = (0,workspace_files/* readRepositoryFile */.tz)(root, path);
        if ('text' in result)
            return { path, text: result.text };
        if ('reason' in result)
            unreadable.push({ path, ...(plugin && { plugin }), reason: result.reason });
        return undefined;
    };
    const json = (path, plugin) => {
        const file = text(path, plugin);
        return file && (0,workspace_json/* parseJson */.qF)(file);
    };
    return { root, unreadable, text, json };
}
async function readPlugin(reader, parent, name) {
    const directory = `${parent}/${name}`;
    const { files, unreadable } = (0,workspace_files/* listFiles */.CS)(reader.root, directory);
    reader.unreadable.push(...unreadable.map((each) => ({ ...each, plugin: name })));
    if (parent === layout/* layout */.Z.frontendPlugins) {
        return {
            name,
            kind: 'frontend',
            directory,
            files,
            web: readWebPart(reader, directory, name, files),
            services: [],
        };
    }
    const kind = files.some((file) => file.startsWith('web/')) ? 'fullstack' : 'backend';
    const packageJson = files.includes('package.json')
        ? reader.json(`${directory}/package.json`, name)
        : undefined;
    return {
        name,
        kind,
        directory,
        files,
        ...(packageJson && { packageJson }),
        ...(kind === 'fullstack' && { web: readWebPart(reader, `${directory}/web/plugins/${name}`, name) }),
        services: await readServices(reader, directory, name, files),
    };
}
function readWebPart(reader, directory, plugin, files) {
    const json = (file) => files && !files.includes(file) ? undefined : reader.json(`${directory}/${file}`, plugin);
    const manifest = json('manifest.json');
    const packageJson = json('package.json');
    return { directory, ...(manifest && { manifest }), ...(packageJson && { packageJson }) };
}
async function readServices(reader, directory, plugin, files) {
    const services = [];
    for (const path of files) {
        // The server's compiler leaves web/ and directories with a dot out (server/tsconfig.json).
        if (path.startsWith('web/') || /(^|\/)\./.test(path) || !resemblesServiceFile(path))
            continue;
        const file = reader.text(`${directory}/${path}`, plugin);
        if (!file)
            continue;
        // A helper such as lib/mailService.ts has a service-like name too: only the getter makes it a service.
        if (loadedIn(path) === 'unloaded' && !/\bget\s+serviceName\b/.test(file.text))
            continue;
        services.push(readServiceFile(await (0,typescript/* loadTypeScriptParser */.xU)(), file));
    }
    return services;
}
function registryEntries(value) {
    if (!Array.isArray(value))
        return [];
    return value.map((entry, index) => ({
        index,
        name: (0,workspace_json/* stringAt */.bX)((0,workspace_json/* asObject */.eB)(entry), 'name'),
        url: (0,workspace_json/* stringAt */.bX)((0,workspace_json/* asObject */.eB)(entry), 'url'),
    }));
}
function realRoot(directory) {
    try {
        const root = (0,external_node_fs_.realpathSync)(directory);
        if ((0,external_node_fs_.statSync)(root).isDirectory())
            return root;
    }
    catch {
        // reported below: the same message serves a missing directory and one that cannot be read
    }
    throw new Error(`${directory} is not a directory that can be read`);
}


/***/ }),

/***/ 9738:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ positionAt)
/* harmony export */ });
/** The place of a character offset in a file. */
function positionAt(file, offset) {
    const before = file.text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { file: file.path, line: before.split('\n').length, column: offset - lineStart + 1 };
}


/***/ }),

/***/ 4638:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bK: () => (/* binding */ literalText),
/* harmony export */   eg: () => (/* binding */ memberName),
/* harmony export */   oA: () => (/* binding */ unwrap),
/* harmony export */   pv: () => (/* binding */ parseTypeScript),
/* harmony export */   xU: () => (/* binding */ loadTypeScriptParser)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9738);

/** The parser is large: it is loaded when the first TypeScript file must be read, not before. */
async function loadTypeScriptParser() {
    return (await __nccwpck_require__.e(/* import() */ 429).then(__nccwpck_require__.bind(__nccwpck_require__, 5429))).parse;
}
/** Parses a TypeScript module with decorators, as the server is compiled with them (server/tsconfig.json). */
function parseTypeScript(parse, file) {
    const plugins = ['typescript', 'decorators-legacy'];
    if (file.path.endsWith('x'))
        plugins.push('jsx');
    try {
        return { tree: parse(file.text, { sourceType: 'module', plugins }) };
    }
    catch (error) {
        const { pos, message } = error;
        return {
            problem: { message: message.replace(/ \(\d+:\d+\)$/, ''), position: (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .positionAt */ .t)(file, pos ?? 0) },
        };
    }
}
/** The expression under `as`, `satisfies`, `!`, angle-bracket casts and parentheses. */
function unwrap(node) {
    switch (node.type) {
        case 'TSAsExpression':
        case 'TSSatisfiesExpression':
        case 'TSNonNullExpression':
        case 'TSTypeAssertion':
        case 'ParenthesizedExpression':
            return unwrap(node.expression);
        default:
            return node;
    }
}
/** The text of a string literal, or of a template literal without substitutions. */
function literalText(node) {
    if (!node)
        return undefined;
    const bare = unwrap(node);
    if (bare.type === 'StringLiteral')
        return bare.value;
    if (bare.type === 'TemplateLiteral' && bare.expressions.length === 0)
        return bare.quasis[0]?.value.cooked ?? undefined;
    return undefined;
}
/** The name of an object's or class's member: an identifier's or a string literal's; none when computed. */
function memberName(member) {
    if (member.computed)
        return literalText(member.key);
    return member.key.type === 'Identifier' ? member.key.name : literalText(member.key);
}


/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 7066:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tty");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(5581);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
