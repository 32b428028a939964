// What draws text in every script, and shapes, into a picture.
#include <pango/pangocairo.h>
