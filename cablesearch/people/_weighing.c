/* The functions of weighing.py, compiled: the same behaviour, several times as fast. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

/* Where a `Piece` has its values. */
enum { CANDIDATE, OWN, BEFORE, AFTER, FAR_BEFORE, FAR_AFTER, CODE, PARTICLE = 10, PIECE_SIZE = 13 };

enum { CODES = 0xFEFFFD }; /* the bits of three codes that count: the first may be open, and the last begin */

/* Return whether a word is in small letters, as `str.islower` does; -1 with an error set. */
static int is_lower(PyObject *word)
{
    int lower = 0;
    PyObject *answer;
    if (!PyUnicode_Check(word)) {
        PyErr_SetString(PyExc_TypeError, "a piece must be a str");
        return -1;
    }
    if (PyUnicode_IS_COMPACT_ASCII(word)) {
        const char *at = PyUnicode_DATA(word), *end = at + PyUnicode_GET_LENGTH(word);
        for (; at < end; at++) {
            if (*at >= 'A' && *at <= 'Z')
                return 0;
            lower |= *at >= 'a' && *at <= 'z';
        }
        return lower;
    }
    if (!(answer = PyObject_CallMethod(word, "islower", NULL)))
        return -1;
    lower = answer == Py_True;
    Py_DECREF(answer);
    return lower;
}

/* Return a borrowed item of a list; NULL with an error set if it has none there. */
static PyObject *item(PyObject *list, Py_ssize_t at)
{
    if (at >= 0 && at < PyList_GET_SIZE(list))
        return PyList_GET_ITEM(list, at);
    PyErr_SetString(PyExc_IndexError, "a row must have two pieces at either end that are in no name");
    return NULL;
}

/* Return a borrowed piece of a row; NULL with an error set. */
static PyObject *piece_at(PyObject *row, Py_ssize_t at)
{
    PyObject *piece = item(row, at);
    if (!piece || (PyTuple_Check(piece) && PyTuple_GET_SIZE(piece) == PIECE_SIZE))
        return piece;
    PyErr_SetString(PyExc_TypeError, "a row must be of pieces");
    return NULL;
}

/* Weigh a piece of a row, and return it, borrowed; NULL with an error set. */
static PyObject *weigh_at(PyObject *raw, PyObject *pieces, PyObject *row, Py_ssize_t at)
{
    PyObject *word = Py_XNewRef(item(raw, at)), *replaced = item(row, at), *piece;
    if (!word)
        return NULL;
    piece = replaced ? Py_XNewRef(PyDict_GetItemWithError(pieces, word)) : NULL;
    if (!piece && !PyErr_Occurred())
        piece = PyObject_GetItem(pieces, word); /* new: `__missing__` */
    Py_DECREF(word);
    if (!piece)
        return NULL;
    PyList_SET_ITEM(row, at, piece);
    Py_DECREF(replaced);
    return piece_at(row, at);
}

static int append_place(PyObject *places, Py_ssize_t place)
{
    PyObject *number = PyLong_FromSsize_t(place);
    int failed = number ? PyList_Append(places, number) : -1;
    Py_XDECREF(number);
    return failed;
}

/* Weigh all pieces but those in small letters, and append the places of candidates. */
static int weigh_capitals(PyObject *raw, PyObject *pieces, PyObject *row, PyObject *places)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(row); i++) {
        PyObject *word = item(raw, i), *piece;
        int lower = word ? is_lower(word) : -1;
        if (lower < 0)
            return -1;
        if (lower)
            continue;
        if (!(piece = weigh_at(raw, pieces, row, i)) ||
            (PyTuple_GET_ITEM(piece, CANDIDATE) == Py_True && append_place(places, i)))
            return -1;
    }
    return 0;
}

/* Weigh the pieces from `at` on, one way, while they are particles, but not beyond `bound`. Returns where that
   ends, or -1 with an error set. */
static Py_ssize_t follow_particles(PyObject *raw, PyObject *pieces, PyObject *row, Py_ssize_t at, int way,
                                   Py_ssize_t bound)
{
    PyObject *piece = piece_at(row, at);
    while (piece && PyTuple_GET_ITEM(piece, PARTICLE) == Py_True && (way > 0 || at > bound))
        piece = weigh_at(raw, pieces, row, at += way);
    return piece ? at : -1;
}

/* Weigh what stands near the candidates. */
static int weigh_neighbours(PyObject *raw, PyObject *pieces, PyObject *unweighed, PyObject *row,
                            PyObject *places)
{
    static const Py_ssize_t near[] = {-2, -1, 1, 2};
    Py_ssize_t left = 0, right = 0; /* as far as particles have been followed, so that each is once */
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(places); n++) {
        Py_ssize_t i = PyLong_AsSsize_t(PyList_GET_ITEM(places, n));
        for (size_t k = 0; k < Py_ARRAY_LENGTH(near); k++) {
            PyObject *piece = item(row, i + near[k]);
            if (!piece || (piece == unweighed && !weigh_at(raw, pieces, row, i + near[k])))
                return -1;
        }
        if (follow_particles(raw, pieces, row, i - 2, -1, left) < 0)
            return -1;
        left = i - 2;
        right = follow_particles(raw, pieces, row, i + 2 > right ? i + 2 : right, 1, 0);
        if (right < 0)
            return -1;
    }
    return 0;
}

static PyObject *weigh(PyObject *self, PyObject *args)
{
    PyObject *raw, *pieces, *unweighed, *row, *places, *both = NULL;
    Py_ssize_t size;
    (void)self;
    if (!PyArg_ParseTuple(args, "O!O!O!:weigh", &PyList_Type, &raw, &PyDict_Type, &pieces, &PyTuple_Type,
                          &unweighed))
        return NULL;
    size = PyList_GET_SIZE(raw);
    row = PyList_New(size);
    places = PyList_New(0);
    for (Py_ssize_t i = 0; row && i < size; i++)
        PyList_SET_ITEM(row, i, Py_NewRef(unweighed));
    if (row && places && !weigh_capitals(raw, pieces, row, places) &&
        !weigh_neighbours(raw, pieces, unweighed, row, places))
        both = PyTuple_Pack(2, row, places);
    Py_XDECREF(row);
    Py_XDECREF(places);
    return both;
}

/* Add a number of a tuple to a sum. Returns 0, or -1 with an error set. */
static int add(double *sum, PyObject *tuple, Py_ssize_t at)
{
    double number = PyFloat_AsDouble(PyTuple_GET_ITEM(tuple, at));
    *sum += number;
    return number == -1.0 && PyErr_Occurred() ? -1 : 0;
}

/* Add the one of two weights of a piece that counts. Returns 0, or -1 with an error set. */
static int add_side(double *sum, PyObject *piece, Py_ssize_t side, PyObject *joined)
{
    PyObject *weights = PyTuple_GET_ITEM(piece, side);
    if (PyTuple_Check(weights) && PyTuple_GET_SIZE(weights) == 2)
        return add(sum, weights, joined == Py_True);
    PyErr_SetString(PyExc_TypeError, "a piece must have two weights for either side");
    return -1;
}

/* Return a new reference to what the classes of three pieces weigh together; NULL with an error set. */
static PyObject *pair_of(PyObject *pairs, PyObject *const pieces[5])
{
    long code = 0;
    PyObject *key, *pair = NULL;
    for (int n = 1; n < 4; n++)
        code = code << 8 | PyLong_AsLong(PyTuple_GET_ITEM(pieces[n], CODE));
    if (PyErr_Occurred() || !(key = PyLong_FromLong(code & CODES)))
        return NULL;
    pair = Py_XNewRef(PyDict_GetItemWithError(pairs, key));
    if (!pair && !PyErr_Occurred())
        pair = PyObject_GetItem(pairs, key); /* new: `__missing__` */
    Py_DECREF(key);
    if (!pair || (PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 3))
        return pair;
    Py_DECREF(pair);
    PyErr_SetString(PyExc_TypeError, "a pair must be a weight and two flags");
    return NULL;
}

/* Return the score of the piece at a place; NULL with an error set. The sums are in the order of weighing.py,
   so that no bit of them differs. */
static PyObject *score_at(PyObject *row, Py_ssize_t place, PyObject *pairs)
{
    PyObject *near[5], *pair;
    double sum = 0;
    int failed;
    for (int n = 0; n < 5; n++)
        if (!(near[n] = piece_at(row, place + n - 2)))
            return NULL;
    if (!(pair = pair_of(pairs, near)))
        return NULL;
    failed = add(&sum, near[2], OWN) || add(&sum, pair, 0) ||
             add_side(&sum, near[1], BEFORE, PyTuple_GET_ITEM(pair, 1)) ||
             add_side(&sum, near[3], AFTER, PyTuple_GET_ITEM(pair, 2)) || add(&sum, near[0], FAR_BEFORE) ||
             add(&sum, near[4], FAR_AFTER);
    Py_DECREF(pair);
    return failed ? NULL : PyFloat_FromDouble(sum);
}

static PyObject *score(PyObject *self, PyObject *args)
{
    PyObject *row, *places, *pairs, *scores;
    (void)self;
    if (!PyArg_ParseTuple(args, "O!O!O!:score", &PyList_Type, &row, &PyList_Type, &places, &PyDict_Type,
                          &pairs) ||
        !(scores = PyList_New(0)))
        return NULL;
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(places); n++) {
        Py_ssize_t place = PyLong_AsSsize_t(PyList_GET_ITEM(places, n));
        PyObject *one = place == -1 && PyErr_Occurred() ? NULL : score_at(row, place, pairs);
        int failed = one ? PyList_Append(scores, one) : -1;
        Py_XDECREF(one);
        if (failed) {
            Py_DECREF(scores);
            return NULL;
        }
    }
    return scores;
}

static PyMethodDef methods[] = {
    {"weigh", weigh, METH_VARARGS, NULL},
    {"score", score, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef_Slot slots[] = {{0, NULL}};

static PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_weighing",
    .m_doc = "`weigh` and `score`, compiled: see cablesearch.people.weighing.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__weighing(void)
{
    return PyModuleDef_Init(&module);
}
