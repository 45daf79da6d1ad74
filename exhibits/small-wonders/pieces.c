// pieces.c: what is in the collection (piece_list of piece.h).

#include "exhibits/sculptor/piece.h"
#include "exhibits/small-wonders/biplane/biplane.h"
#include "exhibits/small-wonders/hare/hare.h"
#include "exhibits/small-wonders/king/king.h"
#include "exhibits/small-wonders/locomotive/locomotive.h"
#include "exhibits/small-wonders/medallion/medallion.h"
#include "exhibits/small-wonders/nut/nut.h"
#include "exhibits/small-wonders/owl/owl.h"
#include "exhibits/small-wonders/stamp/stamp.h"
#include "exhibits/small-wonders/tea/tea.h"

const Piece *const *piece_list(size_t *count)
{
    static const Piece *const PIECES[] = {&OWL_PIECE,  &NUT_PIECE,        &MEDALLION_PIECE,
                                          &KING_PIECE, &BIPLANE_PIECE,    &STAMP_PIECE,
                                          &TEA_PIECE,  &LOCOMOTIVE_PIECE, &HARE_PIECE};
    *count = COUNT_OF(PIECES);
    return PIECES;
}
