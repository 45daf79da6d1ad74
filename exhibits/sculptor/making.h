// making.h: pictures of how a piece was made: for a story's making-of, beside the sculpture.

#pragma once
#include "exhibits/sculptor/sculpt.h"

enum { MAKING_WIDTH = 900, MAKING_HEIGHT = 600 };

// Draws the piece's pictures into `folder`. The same sculpture gives the same bytes. Uses
// several threads.
NODISCARD Status making_write(const Sculpture *sculpture, const char *folder);
