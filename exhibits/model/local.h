// local.h: numbers, lengths and dates as a language writes them. The one place that knows.
//
//   en  1 048 576.5   12.3 mm ± 0.1   17 May 2023      ja  1,048,576.5  12.3 mm ± 0.1
//   2023年5月17日 de  1 048 576,5   12,3 mm ± 0,1   17. Mai 2023     ar  ١٬٠٤٨٬٥٧٦٫٥   ١٢٫٣ مم
//   ± ٠٫١   ١٧ مايو ٢٠٢٣
//
// Thousands stand apart by a narrow space (U+202F), from five figures on, where a language has
// no other custom. Arabic is written with the figures of its region: ٠١٢ in the east, 012 in
// the Maghreb and the Emirates ("ar-MA", "ar-AE"); "ar-u-nu-latn" asks for the latter anywhere,
// "ar-MA-u-nu-arab" for the former. Swiss, Mexican and other regions have their signs, too.
// Names of months and units are translated as all words are (exhibits/model/tongue.h).
//
// What the programs tell machines (stats, files, --json) stays as C writes it.
// Main thread only.

#pragma once
#include "base/str.h"
#include "exhibits/model/tongue.h"

typedef struct Local {
    const Tongue *tongue;
    const char *decimal, *group; // signs between figures
    bool has_eastern_figures;    // ٠١٢
} Local;

// BCP-47; NULL, and what there is not: as in English.
Local local_of(const char *language);

// What C wrote becomes the language's: figures, the point in them, thousands apart, and the
// units µm, mm, cm and m behind figures. "12.3 mm ± 0.1", "2 × 14500.5 cm", "0.85×", "-3".
// A blank between a figure and its unit does not break.
const char *local_text(const Local *local, const char *text, Arena *arena);
const char *local_number(const Local *local, double value, int decimals, Arena *arena);
const char *local_count(const Local *local, uint64_t count, Arena *arena);
// What a language calls itself: "Deutsch" of "de-AT"; the tag where we do not know.
const char *local_language_name(const char *tag);
// "Language: English" in the reader's language; "" where `shown` is what `wished` reads, or
// nothing is shown. For texts that fell back to another language (data/langtext.h).
const char *local_language_note(const char *wished, const char *shown, Arena *arena);

// "2023-05-17", "2023-05" and "2023", with the month by its name; anything else as it is.
const char *local_date(const Local *local, const char *iso, Arena *arena);
