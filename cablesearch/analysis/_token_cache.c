/* The class `TokenCache` of token_cache.py, compiled: the same behaviour, several times as fast.

   A piece is found by its hash in a table of slots, 16 bytes each; its two texts stand behind the piece itself
   in one string of bytes. So a piece that is not in the processor's cache costs two waits for memory, both of
   which are prefetched, where a dict of strings costs four. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

enum {
    BATCH = 32,             /* pieces that are looked up at once */
    MAX_PROBES = 128,       /* slots that are searched for a piece; half of all are free */
    MAX_PIECE_BYTES = 64,   /* a longer piece is not kept */
    MAX_TEXT_BYTES = 255,   /* of each of its two texts, likewise */
    INITIAL_BYTES = 4096,   /* of a cache's string */
    MAX_CAPACITY = 1 << 24, /* pieces */
};

static const char *const SURROGATES = "surrogatepass"; /* texts may hold halves of pairs */

typedef struct {
    uint32_t hash;
    uint32_t start;               /* of the piece in `store`, then its two texts; 0: the slot is free */
    uint32_t call;                /* the last one with this piece */
    uint8_t piece, first, second; /* bytes */
} Slot;

typedef struct {
    char *at;
    size_t size, room; /* bytes in use, bytes allocated */
} Text;

typedef struct {
    PyObject_HEAD
    PyObject *analyse;
    Slot *slots;
    uint32_t mask; /* number of slots, a power of two, minus one */
    uint32_t capacity, used;
    uint32_t call; /* the number of the last one */
    Text store;
} TokenCache;

typedef struct {
    const char *at;
    size_t size;
    uint32_t hash;
} Piece;

/* One call: its number and its results. While a piece is analysed, another thread may call too. */
typedef struct {
    TokenCache *cache;
    uint32_t number;
    Text firsts, seconds;
} Call;

/* Make room in a text for `size` more bytes. Returns 0, or -1 with an error set. */
static int grow(Text *text, size_t size)
{
    size_t room = 2 * (text->room + size);
    char *at;
    if (text->size + size <= text->room)
        return 0;
    at = PyMem_Realloc(text->at, room);
    if (!at) {
        PyErr_NoMemory();
        return -1;
    }
    text->at = at;
    text->room = room;
    return 0;
}

/* Append words to a text, after a space. Returns 0, or -1 with an error set. */
static int add(Text *text, const char *words, size_t size)
{
    if (!size)
        return 0;
    if (grow(text, size + 1))
        return -1;
    if (text->size)
        text->at[text->size++] = ' ';
    memcpy(text->at + text->size, words, size);
    text->size += size;
    return 0;
}

static PyObject *decode(const Text *text)
{
    return PyUnicode_DecodeUTF8(text->at ? text->at : "", (Py_ssize_t)text->size, SURROGATES);
}

/* Return the bytes of a text up to a space, or to its end, but at most eight of them; and how many they are. */
static uint64_t next_bytes(const char *at, const char *end, size_t *size)
{
    uint64_t bytes = 0;
    size_t most = (size_t)(end - at) < sizeof bytes ? (size_t)(end - at) : sizeof bytes, n;
    for (n = 0; n < most && at[n] != ' '; n++)
        bytes |= (uint64_t)(unsigned char)at[n] << (8 * n);
    *size = n;
    return bytes;
}

/* Return the slot that holds a piece, or the free one where it belongs; NULL if all that may are taken, as a
   hostile text can bring about. */
static Slot *slot_of(const TokenCache *cache, const Piece *piece)
{
    for (uint32_t step = 0; step < MAX_PROBES; step++) {
        Slot *slot = &cache->slots[(piece->hash + step) & cache->mask];
        if (!slot->start || (slot->hash == piece->hash && slot->piece == piece->size &&
                             !memcmp(cache->store.at + slot->start, piece->at, piece->size)))
            return slot;
    }
    return NULL;
}

static void drop_all(TokenCache *cache)
{
    memset(cache->slots, 0, ((size_t)cache->mask + 1) * sizeof(Slot));
    cache->used = 0;
    cache->store.size = 1; /* 0 marks a free slot */
}

/* Keep a piece with its texts; a full cache drops all before. Returns 0, or -1 with an error set. */
static int keep(const Call *call, const Piece *piece, PyObject *first, PyObject *second)
{
    TokenCache *cache = call->cache;
    size_t first_size = (size_t)PyBytes_GET_SIZE(first), second_size = (size_t)PyBytes_GET_SIZE(second);
    size_t size = piece->size + first_size + second_size;
    char *at;
    Slot *slot;
    if (piece->size > MAX_PIECE_BYTES || first_size > MAX_TEXT_BYTES || second_size > MAX_TEXT_BYTES)
        return 0;
    if (cache->used == cache->capacity || cache->store.size + size > UINT32_MAX)
        drop_all(cache);
    if (grow(&cache->store, size))
        return -1;
    slot = slot_of(cache, piece);
    if (!slot || slot->start)
        return 0; /* no room, or another thread was faster */
    slot->hash = piece->hash;
    slot->start = (uint32_t)cache->store.size;
    slot->call = call->number;
    slot->piece = (uint8_t)piece->size;
    slot->first = (uint8_t)first_size;
    slot->second = (uint8_t)second_size;
    at = cache->store.at + cache->store.size;
    memcpy(at, piece->at, piece->size);
    memcpy(at + piece->size, PyBytes_AS_STRING(first), first_size);
    memcpy(at + piece->size + first_size, PyBytes_AS_STRING(second), second_size);
    cache->store.size += size;
    cache->used++;
    return 0;
}

static int add_bytes(Text *text, PyObject *words)
{
    return add(text, PyBytes_AS_STRING(words), (size_t)PyBytes_GET_SIZE(words));
}

/* Have a piece analysed, append the result and keep it. Returns 0, or -1 with an error set. */
static int analyse(Call *call, const Piece *piece)
{
    int failed = -1;
    PyObject *first, *second, *first_bytes = NULL, *second_bytes = NULL;
    PyObject *text = PyUnicode_DecodeUTF8(piece->at, (Py_ssize_t)piece->size, SURROGATES);
    PyObject *pair = text ? PyObject_CallOneArg(call->cache->analyse, text) : NULL;
    if (pair && PyArg_ParseTuple(pair, "UU", &first, &second) &&
        (first_bytes = PyUnicode_AsEncodedString(first, "utf-8", SURROGATES)) &&
        (second_bytes = PyUnicode_AsEncodedString(second, "utf-8", SURROGATES)) &&
        !add_bytes(&call->firsts, first_bytes) && !add_bytes(&call->seconds, second_bytes))
        failed = keep(call, piece, first_bytes, second_bytes);
    Py_XDECREF(first_bytes);
    Py_XDECREF(second_bytes);
    Py_XDECREF(pair);
    Py_XDECREF(text);
    return failed;
}

/* Return whether a piece may hold a word with one of some first bytes: those of a plain one begin as it does. */
static int may_hold(const char *firsts, const Piece *piece)
{
    if (firsts[(unsigned char)*piece->at])
        return 1;
    for (size_t n = 0; n < piece->size; n++) {
        char byte = piece->at[n];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z')))
            return 1;
    }
    return 0;
}

/* Split the next pieces off a text, at most BATCH of them, and return how many.
   If first bytes of words are given, pieces that hold no such word are left out. */
static int next_pieces(const TokenCache *cache, const char **at, const char *end, const char *firsts,
                       Piece *pieces)
{
    const uint64_t by = 0xff51afd7ed558ccdu;
    int count = 0;
    while (count < BATCH) {
        Piece *piece = &pieces[count];
        uint64_t hash = 0;
        size_t size;
        while (*at < end && **at == ' ')
            ++*at;
        if (*at == end)
            break;
        piece->at = *at;
        do {
            hash = (hash ^ next_bytes(*at, end, &size)) * by;
            hash ^= hash >> 32;
            *at += size;
        } while (size == sizeof hash);
        piece->size = (size_t)(*at - piece->at);
        piece->hash = (uint32_t)((hash * by) >> 32);
        if (firsts && !may_hold(firsts, piece))
            continue;
        FETCH(&cache->slots[piece->hash & cache->mask]);
        count++;
    }
    return count;
}

/* Append the two texts of a piece. Returns 0, or -1 with an error set. */
static int look_up(Call *call, const Piece *piece)
{
    Slot *slot = slot_of(call->cache, piece);
    const char *first;
    if (!slot || !slot->start)
        return analyse(call, piece);
    first = call->cache->store.at + slot->start + slot->piece;
    if (slot->call != call->number) {
        slot->call = call->number;
        if (add(&call->firsts, first, slot->first))
            return -1;
    }
    return add(&call->seconds, first + slot->first, slot->second);
}

static int look_up_all(Call *call, const char *at, const char *end)
{
    const TokenCache *cache = call->cache;
    Piece pieces[BATCH];
    int count;
    while ((count = next_pieces(cache, &at, end, NULL, pieces))) {
        for (int n = 0; n < count; n++)
            FETCH(cache->store.at + cache->slots[pieces[n].hash & cache->mask].start);
        for (int n = 0; n < count; n++)
            if (look_up(call, &pieces[n]))
                return -1;
    }
    return 0;
}

/* Return the number of a new call. */
static uint32_t begin(TokenCache *cache)
{
    if (!++cache->call) { /* after 2^32 calls their numbers recur */
        drop_all(cache);
        cache->call = 1;
    }
    return cache->call;
}

static PyObject *cache_call(PyObject *self, PyObject *args, PyObject *named)
{
    static char *names[] = {"", NULL};
    TokenCache *cache = (TokenCache *)self;
    Call call = {cache, 0, {NULL, 0, 0}, {NULL, 0, 0}};
    PyObject *text, *firsts = NULL, *seconds = NULL, *both = NULL;
    const char *at;
    size_t size;
    if (!PyArg_ParseTupleAndKeywords(args, named, "S:TokenCache", names, &text))
        return NULL;
    call.number = begin(cache);
    at = PyBytes_AS_STRING(text);
    size = (size_t)PyBytes_GET_SIZE(text); /* no more than its stems take, and twice its other words */
    if (!grow(&call.firsts, size / 4) && !grow(&call.seconds, size / 2) &&
        !look_up_all(&call, at, at + size) && (firsts = decode(&call.firsts)) &&
        (seconds = decode(&call.seconds)))
        both = PyTuple_Pack(2, firsts, seconds);
    Py_XDECREF(firsts);
    Py_XDECREF(seconds);
    PyMem_Free(call.firsts.at);
    PyMem_Free(call.seconds.at);
    return both;
}

/* Return whether one of the words of a text is wanted. */
static int holds(const Text *words, PyObject *wanted)
{
    const char *at = words->at, *end = at + words->size;
    while (at < end) {
        const char *space = memchr(at, ' ', (size_t)(end - at));
        size_t size = (size_t)((space ? space : end) - at);
        for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(wanted); n++) {
            PyObject *word = PyTuple_GET_ITEM(wanted, n);
            if (size == (size_t)PyBytes_GET_SIZE(word) && !memcmp(at, PyBytes_AS_STRING(word), size))
                return 1;
        }
        at += size + 1;
    }
    return 0;
}

/* Count the characters of a part of a text: its bytes but those that continue a character. */
static Py_ssize_t characters(const char *at, const char *end)
{
    Py_ssize_t count = 0;
    for (; at < end; at++)
        count += (*at & 0xC0) != 0x80;
    return count;
}

/* Append the place of each piece of a text that holds a wanted word. Returns 0, or -1 with an error set. */
static int find_all(Call *call, const char *text, const char *end, PyObject *wanted, PyObject *places)
{
    Piece pieces[BATCH];
    char firsts[256] = {0};
    const char *at = text, *passed = text;
    Py_ssize_t first, last = 0;
    int count;
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(wanted); n++)
        firsts[(unsigned char)*PyBytes_AS_STRING(PyTuple_GET_ITEM(wanted, n))] = 1;
    while ((count = next_pieces(call->cache, &at, end, firsts, pieces))) {
        for (int n = 0; n < count; n++) {
            PyObject *place;
            int failed;
            call->firsts.size = call->seconds.size = 0;
            if (look_up(call, &pieces[n]))
                return -1;
            if (!holds(&call->seconds, wanted))
                continue;
            first = last + characters(passed, pieces[n].at);
            passed = pieces[n].at + pieces[n].size;
            last = first + characters(pieces[n].at, passed);
            place = Py_BuildValue("nn", first, last);
            failed = place ? PyList_Append(places, place) : -1;
            Py_XDECREF(place);
            if (failed)
                return -1;
        }
    }
    return 0;
}

static PyObject *cache_find(PyObject *self, PyObject *args)
{
    Call call = {(TokenCache *)self, 0, {NULL, 0, 0}, {NULL, 0, 0}};
    PyObject *text, *wanted, *places;
    const char *at;
    if (!PyArg_ParseTuple(args, "SO!:find", &text, &PyTuple_Type, &wanted))
        return NULL;
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(wanted); n++)
        if (!PyBytes_Check(PyTuple_GET_ITEM(wanted, n))) {
            PyErr_SetString(PyExc_TypeError, "what is wanted must be bytes");
            return NULL;
        }
    call.number = begin(call.cache);
    at = PyBytes_AS_STRING(text);
    places = PyList_New(0);
    if (places && find_all(&call, at, at + PyBytes_GET_SIZE(text), wanted, places))
        Py_CLEAR(places);
    PyMem_Free(call.firsts.at);
    PyMem_Free(call.seconds.at);
    return places;
}

static PyObject *cache_new(PyTypeObject *type, PyObject *args, PyObject *named)
{
    static char *names[] = {"analyse", "capacity", NULL};
    TokenCache *cache;
    PyObject *analyse;
    unsigned int capacity;
    uint32_t slots = 1;
    if (!PyArg_ParseTupleAndKeywords(args, named, "OI:TokenCache", names, &analyse, &capacity))
        return NULL;
    if (!capacity || capacity > MAX_CAPACITY) {
        PyErr_Format(PyExc_ValueError, "capacity must be from 1 to %d", MAX_CAPACITY);
        return NULL;
    }
    cache = (TokenCache *)type->tp_alloc(type, 0);
    if (!cache)
        return NULL;
    while (slots < 2 * capacity)
        slots *= 2;
    cache->analyse = Py_NewRef(analyse);
    cache->slots = PyMem_Calloc(slots, sizeof(Slot));
    cache->mask = slots - 1;
    cache->capacity = capacity;
    if (!cache->slots)
        PyErr_NoMemory();
    if (!cache->slots || grow(&cache->store, INITIAL_BYTES)) {
        Py_DECREF(cache);
        return NULL;
    }
    cache->store.size = 1; /* 0 marks a free slot */
    return (PyObject *)cache;
}

static int cache_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((TokenCache *)self)->analyse);
    return 0;
}

static void cache_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((TokenCache *)self)->analyse);
    PyMem_Free(((TokenCache *)self)->slots);
    PyMem_Free(((TokenCache *)self)->store.at);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef cache_methods[] = {
    {"find", cache_find, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cache_slots[] = {
    {Py_tp_methods, cache_methods},
    {Py_tp_new, cache_new},
    {Py_tp_call, cache_call},
    {Py_tp_traverse, cache_traverse},
    {Py_tp_dealloc, cache_dealloc},
    {0, NULL},
};

static PyType_Spec cache_spec = {
    .name = "cablesearch.analysis._token_cache.TokenCache",
    .basicsize = sizeof(TokenCache),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = cache_slots,
};

static int module_exec(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&cache_spec);
    int failed = type ? PyModule_AddObjectRef(module, "TokenCache", type) : -1;
    Py_XDECREF(type);
    return failed;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, module_exec}, {0, NULL}};

static PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_token_cache",
    .m_doc = "TokenCache, compiled: see cablesearch.analysis.token_cache.",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit__token_cache(void)
{
    return PyModuleDef_Init(&module);
}
