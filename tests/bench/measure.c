/*
 * measure OUTPUT COMMAND [ARGUMENT]...: runs a command with its standard output in a file, and prints the seconds it took, the
 * seconds of processor it used and its largest resident memory in kilobytes. A shell's `time` knows nothing of memory, and
 * `/usr/bin/time` is not on every machine.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static void become(const char *output, char *const arguments[])
{
    int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0)
        execvp(arguments[0], arguments);
    fprintf(stderr, "measure: %s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("measure OUTPUT COMMAND [ARGUMENT]...\n", stderr);
        return 64;
    }
    double start = now();
    pid_t child = fork();
    if (child == 0)
        become(argv[1], argv + 2);
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) < 0) {
        fprintf(stderr, "measure: %s\n", strerror(errno));
        return 70;
    }
    double end = now();
    printf("%.6f %.6f %ld\n", end - start, seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
