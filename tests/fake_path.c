#include "tests/fake_path.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 4096 };

int fake_path_enter(fake_path *fake, int only)
{
    char path[ROOM];
    const char *before = getenv("PATH");
    *fake = (fake_path){.directory = "/tmp/baro-path-XXXXXX"};
    fake->before = strdup(before ? before : "/usr/bin:/bin");
    if (!fake->before || !mkdtemp(fake->directory))
        return -1;
    snprintf(path, sizeof path, "%s%s%s", fake->directory, only ? "" : ":", only ? "" : fake->before);
    return setenv("PATH", path, 1);
}

int fake_path_program(const fake_path *fake, const char *name, const char *script)
{
    char path[ROOM];
    snprintf(path, sizeof path, "%s/%s", fake->directory, name);
    FILE *file = fopen(path, "w");
    if (!file)
        return -1;
    int failed = fprintf(file, "#!/bin/sh\n%s\n", script) < 0;
    failed |= fclose(file) != 0;
    return failed || chmod(path, 0755) != 0 ? -1 : 0;
}

void fake_path_leave(fake_path *fake)
{
    DIR *d = opendir(fake->directory);
    for (struct dirent *entry; d && (entry = readdir(d)) != NULL;) {
        char path[ROOM];
        snprintf(path, sizeof path, "%s/%s", fake->directory, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove(path);
    }
    if (d)
        closedir(d);
    rmdir(fake->directory);
    setenv("PATH", fake->before, 1);
    free(fake->before);
}
