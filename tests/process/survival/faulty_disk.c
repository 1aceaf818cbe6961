/* Loaded before the C library: while the file that FAULT_FILE names is there, what is written or synced fails with the
   number of the error that stands in it, as it does on a disk that breaks or is full. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* The error that a file meets now; none for what is no file, such as a connection. */
static int fault(int fd) {
    const char *name = getenv("FAULT_FILE");
    struct stat known;
    if (!name || fstat(fd, &known) || !S_ISREG(known.st_mode)) return 0;
    int file = open(name, O_RDONLY);
    if (file < 0) return 0;
    char digits[8] = {0};
    ssize_t length = read(file, digits, sizeof digits - 1);
    close(file);
    return length > 0 ? atoi(digits) : 0;
}

#define UNLESS_FAULTY(fd) \
    do { \
        int error = fault(fd); \
        if (error) { \
            errno = error; \
            return -1; \
        } \
    } while (0)

#define OF_LIBC(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    UNLESS_FAULTY(fd);
    return OF_LIBC(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    UNLESS_FAULTY(fd);
    return OF_LIBC(pwrite)(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    UNLESS_FAULTY(fd);
    return OF_LIBC(pwrite64)(fd, bytes, count, at);
}

int ftruncate(int fd, off_t length) {
    UNLESS_FAULTY(fd);
    return OF_LIBC(ftruncate)(fd, length);
}

int fsync(int fd) {
    UNLESS_FAULTY(fd);
    return OF_LIBC(fsync)(fd);
}

int fdatasync(int fd) {
    UNLESS_FAULTY(fd);
    return OF_LIBC(fdatasync)(fd);
}
