// tea.h: "Five o'clock": a tea table for a doll's house, 1:24, laid for two.
//
//     tea.c     table, and all together          cloth.c  linen and lace
//     china.c   porcelain, turned                 treats.c what one eats, and silver
//     look.c    colour and finest relief          paint.c  flowers on china
//     letter.c  what somebody is writing

#pragma once
#include "exhibits/sculptor/piece.h"
#include "exhibits/sculptor/shapes.h"

typedef enum TeaMaterial {
    TEA_WOOD,
    TEA_LINEN,
    TEA_CHINA,
    TEA_LIQUID,
    TEA_SILVER,
    TEA_LEMON,
    TEA_SUGAR,
    TEA_BISCUIT,
    TEA_LETTER,
    TEA_PEN,
    TEA_FLY
} TeaMaterial;

// A thing on the table: a part's tag says which, so that it is painted around its own axis.
typedef enum TeaThing {
    TEA_NONE,
    TEA_POT,
    TEA_CUP_LEFT,
    TEA_SAUCER_LEFT,
    TEA_CUP_RIGHT,
    TEA_SAUCER_RIGHT,
    TEA_BOWL,
    TEA_LEMON_PLATE,
    TEA_BISCUIT_PLATE,
    TEA_THINGS
} TeaThing;

#define TEA_TOP_MM 30.0f    // of the wood
#define TEA_CLOTH_MM 30.13f // of the cloth on it
#define TEA_EDGE_MM 18.1f   // where the cloth begins to hang

// Where things stand, on the cloth.
extern const Vec3 TEA_PLACES[TEA_THINGS];

extern const Piece TEA_PIECE;

void tea_add_cloth(Field *field);
void tea_add_china(Field *field, Arena *arena);
void tea_add_treats(Field *field, Arena *arena);
void tea_add_sugar(Field *field); // and who sits on it
void tea_add_letter(Field *field);

// Lace, by the way along the cloth from its middle and the angle around: how far from the
// nearest hole (negative inside), and how high its threads stand.
float tea_lace_hole(float along, float angle);
float tea_lace_cord(float along, float angle);
// How far along the cloth a place of it lies.
float tea_cloth_along(Vec3 p);

// What is painted on china at a place: 0 nothing, with `colour`; `gold` where it is gilt.
typedef struct TeaPaint {
    Vec3 colour;
    float cover, gold;
} TeaPaint;
TeaPaint tea_paint(TeaThing thing, Vec3 p);
// 0..1: how much of a crack of the glaze runs here.
float tea_crackle(Vec3 p);

// The letter's frame: across and along the sheet, up out of it.
Frame tea_letter_frame(void);
#define TEA_LETTER_HALF_X 3.0f
#define TEA_LETTER_HALF_Y 4.1f
// Ink, 0..1, at a place of the sheet.
float tea_letter_ink(float x, float y);

void tea_finish(const void *context, const Field *field, const FieldPoints *at,
                const uint32_t *parts, float *restrict outwards_mm);
void tea_shade(const void *context, const Field *field, SculptVertex *vertex);
