/* Holds iCalendar files against the restrictions of RFC 5545 and 5546 as libical knows them, the strictest checker
 * that there is. Prints what it finds; exit status 1 when it found anything. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static int faults(icalcomponent *component, const char *file) {
    int found = 0;
    for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p != NULL;
         p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY), found = 1) {
        fprintf(stderr, "%s: %s\n", file, icalproperty_get_xlicerror(p));
    }
    for (icalcomponent *c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); c != NULL;
         c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
        found |= faults(c, file);
    }
    return found;
}

int main(int count, char **files) {
    int found = 0;
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(files[i], "rb");
        static char text[1 << 24];
        size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
        text[length] = '\0';
        icalcomponent *calendar = length == 0 ? NULL : icalparser_parse_string(text);
        if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
            fprintf(stderr, "%s: no calendar\n", files[i]);
            return 1;
        }
        /* It leaves an X-LIC-ERROR where something is wrong, also when it says that all is well. */
        found |= !icalrestriction_check(calendar);
        found |= faults(calendar, files[i]);
        icalcomponent_free(calendar);
        fclose(file);
    }
    return found;
}
