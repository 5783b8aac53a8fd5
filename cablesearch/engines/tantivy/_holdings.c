/* The function of holdings.py, compiled: the same to the last bit, in a tenth of the time. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { TERM_BITS = 2, IN_TEXT = 1, IN_NAMED = 2 }; /* as in cable_score.py */
enum { MAX_TERMS = 24 };                           /* whose bits a number holds exactly, and more */

typedef struct {
    Py_ssize_t terms;
    double weights[MAX_TERMS];
    double all, mean, half, name_value;
} Scorer;

/* Read a number that a scorer has; -1 with an error set. */
static int read_number(PyObject *scorer, const char *name, double *number)
{
    PyObject *value = PyObject_GetAttrString(scorer, name);
    *number = value ? PyFloat_AsDouble(value) : -1;
    Py_XDECREF(value);
    return *number == -1 && PyErr_Occurred() ? -1 : 0;
}

/* Read a scorer; -1 with an error set. */
static int read_scorer(PyObject *scorer, Scorer *read)
{
    PyObject *weights = PyObject_GetAttrString(scorer, "weights");
    if (!weights)
        return -1;
    if (!PyList_Check(weights) || PyList_GET_SIZE(weights) > MAX_TERMS) {
        PyErr_SetString(PyExc_TypeError, "a scorer has a list of few weights");
        Py_DECREF(weights);
        return -1;
    }
    read->terms = PyList_GET_SIZE(weights);
    read->all = 0;
    for (Py_ssize_t k = 0; k < read->terms && !PyErr_Occurred(); k++)
        read->all += read->weights[k] = PyFloat_AsDouble(PyList_GET_ITEM(weights, k));
    Py_DECREF(weights);
    return PyErr_Occurred() || read_number(scorer, "mean", &read->mean) ||
                   read_number(scorer, "half", &read->half) ||
                   read_number(scorer, "name_value", &read->name_value)
               ? -1
               : 0;
}

/* Set what a paragraph with a holding gives each term.
   A product is stored before it is added: some processors would round both at once, as Python does not. */
static void share(const Scorer *scorer, long long holding, double *shares)
{
    double whole = 0;
    for (Py_ssize_t k = 0; k < scorer->terms; k++) {
        long long held = holding >> (TERM_BITS * k);
        shares[k] = !(held & IN_TEXT) ? 0 : held & IN_NAMED ? scorer->name_value : 1;
        volatile double product = scorer->weights[k] * shares[k];
        whole += product;
    }
    whole /= scorer->all;
    for (Py_ssize_t k = 0; k < scorer->terms; k++)
        shares[k] *= whole;
}

/* Return the score of a hit; -1 with an error set. */
static double score_of(PyObject *hits, Py_ssize_t at)
{
    PyObject *hit = PyList_GET_ITEM(hits, at);
    if (!PyTuple_Check(hit) || !PyTuple_GET_SIZE(hit)) {
        PyErr_SetString(PyExc_TypeError, "a hit must be a tuple");
        return -1;
    }
    return PyFloat_AsDouble(PyTuple_GET_ITEM(hit, 0));
}

/* Add up what the hits give the terms of each cable; -1 with an error set. */
static int add_up(PyObject *hits, Py_ssize_t width, Py_ssize_t cables, const Scorer *scorer, double *sums)
{
    double shares[MAX_TERMS], least = (double)(1LL << width);
    long long last = -1;
    Py_ssize_t times;
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(hits); at += times) {
        double number = score_of(hits, at);
        long long holding = (long long)number >> width;
        Py_ssize_t place = (Py_ssize_t)((long long)number & ((1LL << width) - 1));
        if (number < least) /* behind it, no paragraph holds any */
            return PyErr_Occurred() ? -1 : 0;
        if (place >= cables) {
            PyErr_SetString(PyExc_IndexError, "a hit of no cable");
            return -1;
        }
        for (times = 1; at + times < PyList_GET_SIZE(hits) && score_of(hits, at + times) == number; times++)
            ;
        if (holding != last)
            share(scorer, last = holding, shares);
        for (Py_ssize_t k = 0; k < scorer->terms; k++) {
            volatile double product = (double)times * shares[k];
            sums[place * scorer->terms + k] += product;
        }
    }
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *score_cables(PyObject *self, PyObject *args)
{
    PyObject *hits, *sizes, *given, *scores = NULL;
    Py_ssize_t width, cables;
    Scorer scorer;
    double *sums;
    (void)self;
    if (!PyArg_ParseTuple(args, "O!nO!O:score_cables", &PyList_Type, &hits, &width, &PyList_Type, &sizes,
                          &given) ||
        read_scorer(given, &scorer))
        return NULL;
    if (width < 0 || width > 16) {
        PyErr_SetString(PyExc_ValueError, "the place of a cable has 0 to 16 bits");
        return NULL;
    }
    cables = PyList_GET_SIZE(sizes);
    if (!(sums = PyMem_Calloc((size_t)(cables * scorer.terms + 1), sizeof *sums)))
        return PyErr_NoMemory();
    if (!add_up(hits, width, cables, &scorer, sums))
        scores = PyList_New(cables);
    for (Py_ssize_t cable = 0; scores && cable < cables; cable++) {
        double size = PyFloat_AsDouble(PyList_GET_ITEM(sizes, cable)), score = 0;
        double half = scorer.half * (0.5 + 0.5 * size / scorer.mean);
        PyObject *one = NULL;
        for (Py_ssize_t k = 0; k < scorer.terms; k++) {
            double sum = sums[cable * scorer.terms + k];
            score += scorer.weights[k] * sum / (sum + half);
        }
        if (PyErr_Occurred() || !(one = PyFloat_FromDouble(score)))
            Py_CLEAR(scores);
        else
            PyList_SET_ITEM(scores, cable, one);
    }
    PyMem_Free(sums);
    return scores;
}

static PyMethodDef methods[] = {
    {"score_cables", score_cables, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef_Slot slots[] = {{0, NULL}};

static PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_holdings",
    .m_doc = "`score_cables`, compiled: see cablesearch.engines.tantivy.holdings.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__holdings(void)
{
    return PyModuleDef_Init(&module);
}
