// record_diorama.h: the part of a record that says how one steps inside. For record.c alone.
//
// Any thread.

#pragma once
#include "exhibits/model/field.h"
#include "exhibits/model/record.h"

// "1:12"; *out stays 0 where it is not there.
void record_read_scale(Fields *fields, JsonValue object, uint32_t *out);
void record_put_scale(JsonWriter *writer, uint32_t scale);
// After record_read_scale of the record itself, which is what a diorama without a scale has.
void record_read_diorama(Fields *fields, JsonValue root, Record *out);
void record_put_diorama(JsonWriter *writer, const RecordDiorama *diorama);
