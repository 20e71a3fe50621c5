/* The program: signals, and the way in. */
#include "io/base/folder.h"
#include "io/base/output.h"
#include "stats/distribution.h"
#include "surveys/program/commands.h"
#include <signal.h>
#include <unistd.h>

/* Nothing half-written is left behind; only what is safe in a handler is called. */
static void stop(int signal_number)
{
    baro_output_unlink_all();
    baro_folder_remove_all();
    _exit(128 + signal_number);
}

static void catch_signals(void)
{
    struct sigaction ends = {0}, ignored = {0};
    ends.sa_handler = stop;
    ignored.sa_handler = SIG_IGN;
    sigemptyset(&ends.sa_mask);
    sigemptyset(&ignored.sa_mask);
    sigaction(SIGINT, &ends, NULL);
    sigaction(SIGTERM, &ends, NULL);
    sigaction(SIGPIPE, &ignored, NULL); /* a reader that went away is a failed write: 74 */
    sigaction(SIGXFSZ, &ignored, NULL); /* and so is a file that may not grow */
}

int main(int argc, char **argv)
{
    catch_signals();
    baro_distribution_quiet();
    return baro_program(argc, argv);
}
