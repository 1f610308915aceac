export const id = 43;
export const ids = [43];
export const modules = {

/***/ 43:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  packArchive: () => (/* binding */ packArchive),
  sizeWarning: () => (/* binding */ sizeWarning)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(4085);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./build/control-plane/upload.js
var upload = __webpack_require__(4020);
// EXTERNAL MODULE: ./build/archive/project-error.js
var project_error = __webpack_require__(399);
// EXTERNAL MODULE: ./build/archive/line-ends.js
var line_ends = __webpack_require__(130);
// EXTERNAL MODULE: ./build/archive/paths.js
var paths = __webpack_require__(3341);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/archive/tar.js

const BLOCK_BYTES = 512;
const TIME = Date.UTC(1985, 9, 26, 8, 15) / 1000;
const NAME = [0, 100];
const PREFIX = [345, 155];
const SIZE = [124, 12];
const LARGE = 8 ** 11;
const KINDS = { file: '0', folder: '5', extension: 'x' };
function headerOf({ path, kind, mode, size }) {
    const type = KINDS[kind];
    const isPlain = path.every((byte) => byte < 0x80) || !(0,external_node_buffer_.isUtf8)(path);
    const parts = isPlain ? splitPath(path) : undefined;
    if (parts)
        return block(parts, type, mode, size);
    const records = [...((0,external_node_buffer_.isUtf8)(path) ? [] : [record('hdrcharset', Buffer.from('BINARY'))]), record('path', path)];
    const extension = Buffer.concat(records);
    return Buffer.concat([
        block([Buffer.from('PaxHeader')], KINDS.extension, 0o644, extension.length),
        extension,
        paddingOf(extension.length),
        block([path.subarray(0, NAME[1])], type, mode, size)
    ]);
}
function paddingOf(size) {
    return Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
}
const END = Buffer.alloc(2 * BLOCK_BYTES);
function splitPath(path) {
    if (path.length <= NAME[1])
        return [path];
    const slash = path.subarray(0, Math.min(PREFIX[1] + 1, path.length - 1)).lastIndexOf('/');
    if (slash <= 0 || path.length - slash - 1 > NAME[1])
        return undefined;
    return [path.subarray(slash + 1), path.subarray(0, slash)];
}
function block([name, prefix], type, mode, size) {
    const header = Buffer.alloc(BLOCK_BYTES);
    name.copy(header, NAME[0]);
    header.write(octal(mode, 8), 100);
    header.write(octal(0, 8), 108);
    header.write(octal(0, 8), 116);
    if (size < LARGE)
        header.write(octal(size, SIZE[1]), SIZE[0]);
    else
        writeLarge(header, size);
    header.write(octal(TIME, 12), 136);
    header.write(type, 156);
    header.write('ustar\u000000', 257);
    header.write(octal(0, 8), 329);
    header.write(octal(0, 8), 337);
    prefix?.copy(header, PREFIX[0]);
    header.fill(' ', 148, 156);
    let sum = 0;
    for (const byte of header)
        sum += byte;
    header.write(octal(sum, 7), 148);
    return header;
}
function octal(value, length) {
    return `${value.toString(8).padStart(length - 1, '0')}\u0000`;
}
function writeLarge(header, size) {
    header[SIZE[0]] = 0x80;
    header.writeBigUInt64BE(BigInt(size), SIZE[0] + SIZE[1] - 8);
}
function record(key, value) {
    const rest = key.length + value.length + 3;
    const digits = [1, 2, 3, 4, 5].find((count) => String(rest + count).length === count) ?? 0;
    return Buffer.concat([Buffer.from(`${rest + digits} ${key}=`), value, Buffer.from('\n')]);
}

;// CONCATENATED MODULE: ./build/archive/tar-stream.js






const SMALL_BYTES = 64 * 1024;
const PIECE_BYTES = 256 * 1024;
function startPacking() {
    return { packed: 0, changed: [], vanished: [], pointers: [], open: undefined };
}
async function* tarOf(entries, packing) {
    for (const entry of entries) {
        if (entry.kind === 'folder') {
            packing.packed += 1;
            yield headerOf({ path: (0,paths/* bytesOf */.$$)(`${entry.path}/`), kind: 'folder', mode: 0o755, size: 0 });
        }
        else if (entry.size <= SMALL_BYTES) {
            const content = readSmall(entry, packing);
            if (content)
                yield Buffer.concat([headerOfFile(entry, content.length), content, paddingOf(content.length)]);
        }
        else
            yield* readLarge(entry, packing);
    }
    yield END;
}
function headerOfFile({ path, executable }, size) {
    return headerOf({ path: (0,paths/* bytesOf */.$$)(path), kind: 'file', mode: executable ? 0o755 : 0o644, size });
}
const READ = external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NOFOLLOW ?? 0) | (external_node_fs_.constants.O_NONBLOCK ?? 0);
const POINTER = 'version https://git-lfs.github.com/spec/v1\n';
const LARGEST_POINTER = 1024;
function readSmall(entry, packing) {
    const buffer = Buffer.allocUnsafe(entry.size + 1);
    let length = 0;
    try {
        const descriptor = (0,external_node_fs_.openSync)((0,paths/* onDisk */.FC)(entry.source), READ);
        try {
            for (let read = -1; read !== 0 && length < buffer.length; length += read) {
                read = (0,external_node_fs_.readSync)(descriptor, buffer, length, buffer.length - length, null);
            }
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch (error) {
        return noteFailure(entry, packing, error);
    }
    if (length !== entry.size)
        noteChange(entry, packing);
    packing.packed += 1;
    const read = buffer.subarray(0, Math.min(length, entry.size));
    const content = entry.object === undefined ? read : (0,line_ends/* asInIndex */.e$)(read, entry.object);
    if (content.length <= LARGEST_POINTER && content.toString('latin1', 0, POINTER.length) === POINTER) {
        packing.pointers.push(entry.path);
    }
    return content;
}
async function* readLarge(entry, packing) {
    const file = await (0,promises_.open)((0,paths/* onDisk */.FC)(entry.source), READ).catch((error) => noteFailure(entry, packing, error));
    if (!file)
        return;
    packing.open = file;
    try {
        if (!(await isStillFile(entry, packing, file)))
            return;
        const size = await sizeInIndex(entry, file);
        const converter = size < entry.size ? (0,line_ends/* createConverter */.x1)() : undefined;
        packing.packed += 1;
        yield headerOfFile(entry, size);
        let left = size;
        for await (const piece of piecesOf(entry, file)) {
            const converted = converter?.convert(piece) ?? piece;
            const fitting = converted.subarray(0, left);
            left -= fitting.length;
            yield fitting;
        }
        const rest = (converter?.end() ?? Buffer.alloc(0)).subarray(0, left);
        left -= rest.length;
        yield rest;
        const isLonger = (await readAt(entry, file, Buffer.alloc(1), entry.size)) > 0;
        if (left > 0 || isLonger)
            noteChange(entry, packing);
        for (; left > 0; left -= PIECE_BYTES)
            yield Buffer.alloc(Math.min(left, PIECE_BYTES));
        yield paddingOf(size);
    }
    finally {
        packing.open = undefined;
        await file.close();
    }
}
async function isStillFile(entry, packing, file) {
    const status = await file.stat();
    if (status.isDirectory())
        noteFailure(entry, packing, { code: 'EISDIR' });
    else if (!status.isFile())
        noteChange(entry, packing);
    return status.isFile();
}
async function* piecesOf(entry, file) {
    const block = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let at = 0; at < entry.size;) {
        const length = await readAt(entry, file, block.subarray(0, Math.min(PIECE_BYTES, entry.size - at)), at);
        if (length === 0)
            return;
        at += length;
        yield block.subarray(0, length);
    }
}
async function readAt(entry, file, block, at) {
    const { bytesRead } = await file.read(block, 0, block.length, at).catch((error) => {
        throw unreadable(entry, error);
    });
    return bytesRead;
}
async function sizeInIndex(entry, file) {
    const { object, size } = entry;
    if (object === undefined)
        return size;
    const measuring = (0,line_ends/* createConverter */.x1)();
    let converted = 0;
    let isStart = true;
    for await (const piece of piecesOf(entry, file)) {
        if (isStart && (0,line_ends/* isBinary */.Go)(piece))
            return size;
        isStart = false;
        converted += measuring.convert(piece).length;
    }
    converted += measuring.end().length;
    if (converted === size)
        return size;
    const name = (0,line_ends/* createObjectName */.Bi)(object, converted);
    const converter = (0,line_ends/* createConverter */.x1)();
    for await (const piece of piecesOf(entry, file))
        name.update(converter.convert(piece));
    return name.update(converter.end()).digest('hex') === object ? converted : size;
}
function packingReport({ changed, vanished, pointers }) {
    return {
        notices: [
            ...(0,project_error/* sentenceAbout */.rp)(changed, (list) => `Files that changed while they were packed, so their contents may be inconsistent: ${list}. ${FINISH}`),
            ...(0,project_error/* sentenceAbout */.rp)(vanished, (list) => `Skipped files that were deleted before they could be packed: ${list}. ${FINISH}`)
        ],
        warnings: (0,project_error/* sentenceAbout */.rp)(pointers, (list) => `These files are Git LFS pointers without their contents: ${list}. Set \`lfs: true\` for actions/checkout, or exclude them in .dockerignore.`)
    };
}
const FINISH = 'Wait until the process that changes them ends, or exclude them in .dockerignore.';
function noteChange(entry, { changed }) {
    if (entry.isNamed) {
        throw new project_error.ProjectError([
            `${(0,project_error/* shown */.SP)(entry.path)} changed size while it was packed. Wait until the process that writes to it ends.`
        ]);
    }
    changed.push(entry.path);
}
function noteFailure(entry, { vanished }, error) {
    const isGone = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR'].includes((0,project_error/* fileErrorCode */.c2)(error));
    if (entry.isNamed || !isGone)
        throw unreadable(entry, error);
    vanished.push(entry.path);
}
function unreadable(entry, error) {
    return new project_error.ProjectError([`${(0,project_error/* shown */.SP)(entry.path)} ${(0,project_error/* whyRefused */.fG)(error)}.`]);
}

;// CONCATENATED MODULE: ./build/archive/archive.js










const MEBIBYTE = 1024 * 1024;
const REMARKABLE_BYTES = 50 * MEBIBYTE;
const LEVEL = 6;
const CHUNK_BYTES = 256 * 1024;
const BLOCKS_AHEAD = 4;
const BLOCKS = 2 * BLOCKS_AHEAD;
const NAMED_AT_MOST = 10;
async function packArchive(entries, file, options = {}) {
    const { largestBytes = upload/* LARGEST_ARCHIVE */.iz, signal } = options;
    signal?.throwIfAborted();
    const packing = startPacking();
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const output = (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 });
    let bytes = 0;
    try {
        await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(inBlocks(tarOf(entries, packing)), { objectMode: true, highWaterMark: BLOCKS_AHEAD }), (0,external_node_zlib_.createGzip)({ level: LEVEL, chunkSize: CHUNK_BYTES }), async function* (compressed) {
            for await (const piece of compressed) {
                if (bytes === 0)
                    hideSystem(piece);
                bytes += piece.byteLength;
                if (bytes > largestBytes)
                    throw tooLarge(entries, largestBytes);
                hash.update(piece);
                yield piece;
            }
        }, output, { ...(signal ? { signal } : {}) });
    }
    catch (error) {
        await packing.open?.close().catch(() => undefined);
        if (!output.closed)
            await (0,external_node_events_.once)(output, 'close').catch(() => undefined);
        await (0,promises_.rm)(file, { force: true });
        signal?.throwIfAborted();
        throw error;
    }
    return { bytes, sha256: hash.digest('hex'), entries: packing.packed, ...packingReport(packing) };
}
function sizeWarning({ bytes }, entries) {
    if (bytes < REMARKABLE_BYTES)
        return undefined;
    return `The archive is ${inMebibytes(bytes)} compressed; LangSmith rejects archives larger than ${inMebibytes(upload/* LARGEST_ARCHIVE */.iz)}. ${advice(entries)}`;
}
async function* inBlocks(pieces) {
    const blocks = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(CHUNK_BYTES));
    let turn = 0;
    let block = blocks[0];
    let length = 0;
    for await (const piece of pieces) {
        for (let from = 0; from < piece.length;) {
            const taken = Math.min(piece.length - from, CHUNK_BYTES - length);
            block.set(piece.subarray(from, from + taken), length);
            from += taken;
            length += taken;
            if (length < CHUNK_BYTES)
                continue;
            yield block;
            turn = (turn + 1) % BLOCKS;
            block = blocks[turn];
            length = 0;
        }
    }
    if (length > 0)
        yield block.subarray(0, length);
}
function hideSystem(firstPiece) {
    firstPiece[9] = 255;
}
function tooLarge(entries, largestBytes) {
    return new project_error.ProjectError([
        `The archive is too large: its compressed size exceeds ${inMebibytes(largestBytes)}, the maximum that LangSmith accepts. ${advice(entries)}`
    ]);
}
function advice(entries) {
    const files = entries.filter((entry) => entry.kind === 'file').sort((left, right) => right.size - left.size);
    const named = files.slice(0, NAMED_AT_MOST).map(({ path, size }) => `${(0,project_error/* shown */.SP)(path)} (${inMebibytes(size)})`);
    return `Use .dockerignore to exclude files that the agent does not need. The largest files: ${named.join(', ')}.`;
}
function inMebibytes(bytes) {
    return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}


/***/ }),

/***/ 130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bi: () => (/* binding */ createObjectName),
/* harmony export */   Go: () => (/* binding */ isBinary),
/* harmony export */   e$: () => (/* binding */ asInIndex),
/* harmony export */   x1: () => (/* binding */ createConverter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const CARRIAGE_RETURN = 0x0d;
const INSPECTED_BYTES = 8000;
function isBinary(start) {
    return start.subarray(0, INSPECTED_BYTES).includes(0);
}
function createConverter() {
    let waiting = false;
    return {
        convert: (piece) => {
            if (piece.length === 0)
                return piece;
            const whole = waiting ? Buffer.concat([Buffer.from('\r'), piece]) : piece;
            waiting = whole.at(-1) === CARRIAGE_RETURN;
            return withLineFeeds(waiting ? whole.subarray(0, -1) : whole);
        },
        end: () => Buffer.from(waiting ? '\r' : '')
    };
}
function withLineFeeds(text) {
    if (!text.includes('\r\n'))
        return text;
    const converted = Buffer.allocUnsafe(text.length);
    let length = 0;
    let from = 0;
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', from)) {
        length += text.copy(converted, length, from, at);
        from = at + 1;
    }
    length += text.copy(converted, length, from);
    return converted.subarray(0, length);
}
function createObjectName(like, bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`);
}
function asInIndex(content, object) {
    if (isBinary(content) || !content.includes('\r\n'))
        return content;
    const converted = withLineFeeds(content);
    return createObjectName(object, converted.length).update(converted).digest('hex') === object ? converted : content;
}


/***/ })

};
