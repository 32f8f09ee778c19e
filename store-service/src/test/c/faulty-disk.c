/*
 * A disk that fails on demand, for one process, below everything that the process knows: LD_PRELOAD=faulty-disk.so.
 *
 * Files below the directory FAULTY_DISK belong to it. What happens is told by files that appear beside that directory:
 *   FAULTY_DISK.eio   every flush fails with EIO from now on
 *   FAULTY_DISK.hold  no flush ends while it is there
 *   FAULTY_DISK.cut   the power goes: what was written and not flushed is undone, and the process ends, at once
 * FAULTY_DISK_MILLIS is how long a flush takes, so that who does not wait for it is found out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name)) real(#name))

/* What a write that was not flushed has covered. */
struct undo {
  struct undo *before;
  dev_t device;
  ino_t inode;
  int file; /* opened by us, for the writer may close its own; the same for all of a file */
  off_t size, offset;
  size_t length;
  char old[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct undo *last;
static useconds_t slowness;
static char directory[PATH_MAX], eio[PATH_MAX + 4], hold[PATH_MAX + 5], cut[PATH_MAX + 4];

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static int is_ours(int fd, struct stat *status) {
  char link[64], path[PATH_MAX];
  if (!*directory || fstat(fd, status) || !S_ISREG(status->st_mode)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return !strncmp(path, directory, strlen(directory)) && path[strlen(directory)] == '/';
}

static int opened(int fd, const struct stat *status) {
  char link[64];
  for (struct undo *undo = last; undo; undo = undo->before)
    if (undo->device == status->st_dev && undo->inode == status->st_ino) return undo->file;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  return open(link, O_RDWR | O_CLOEXEC);
}

/* Called with the lock held, before the bytes change. */
static void remember(int fd, off_t offset, size_t length) {
  struct stat status;
  if (!is_ours(fd, &status)) return;
  size_t covered = offset >= status.st_size ? 0 : (size_t) (status.st_size - offset);
  if (covered > length) covered = length;
  struct undo *undo = malloc(sizeof *undo + covered);
  undo->file = opened(fd, &status);
  if (undo->file < 0 || pread(undo->file, undo->old, covered, offset) != (ssize_t) covered) abort();
  undo->device = status.st_dev, undo->inode = status.st_ino;
  undo->size = status.st_size, undo->offset = offset, undo->length = covered;
  undo->before = last, last = undo;
}

static void flushed(int fd) {
  struct stat status;
  int closed = -1;
  if (!is_ours(fd, &status)) return;
  for (struct undo **at = &last; *at;) {
    struct undo *undo = *at;
    if (undo->device == status.st_dev && undo->inode == status.st_ino) {
      *at = undo->before;
      if (undo->file != closed) close(closed = undo->file);
      free(undo);
    } else {
      at = &undo->before;
    }
  }
}

static int flush(int fd, int (*how)(int)) {
  struct stat status;
  if (is_ours(fd, &status) && !access(eio, F_OK)) {
    errno = EIO;
    return -1;
  }
  if (is_ours(fd, &status)) usleep(slowness);
  while (is_ours(fd, &status) && !access(hold, F_OK)) usleep(500);
  pthread_mutex_lock(&lock);
  int result = how(fd);
  if (!result) flushed(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

int fsync(int fd) { return flush(fd, REAL(fsync)); }

int fdatasync(int fd) { return flush(fd, REAL(fdatasync)); }

static off_t position(int fd) {
  return fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  struct stat status;
  if (!is_ours(fd, &status)) return REAL(write)(fd, bytes, length);
  pthread_mutex_lock(&lock);
  remember(fd, position(fd), length);
  ssize_t result = REAL(write)(fd, bytes, length);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  struct stat status;
  if (!is_ours(fd, &status)) return REAL(writev)(fd, parts, count);
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  pthread_mutex_lock(&lock);
  remember(fd, position(fd), length);
  ssize_t result = REAL(writev)(fd, parts, count);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  pthread_mutex_lock(&lock);
  remember(fd, offset, length);
  ssize_t result = REAL(pwrite64)(fd, bytes, length, offset);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

/* A new length is in the file system's journal before any later name: it stays, and bounds what is put back. */
int ftruncate64(int fd, off64_t size) {
  struct stat status;
  int ours = is_ours(fd, &status);
  pthread_mutex_lock(&lock);
  int result = REAL(ftruncate64)(fd, size);
  for (struct undo *undo = ours && !result ? last : NULL; undo; undo = undo->before) {
    if (undo->device != status.st_dev || undo->inode != status.st_ino) continue;
    if (undo->size > size) undo->size = size;
    if (undo->offset >= size) undo->length = 0;
    else if (undo->length > (size_t) (size - undo->offset)) undo->length = (size_t) (size - undo->offset);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static void *watch(void *nothing) {
  while (access(cut, F_OK)) usleep(500);
  pthread_mutex_lock(&lock); /* and never give it back */
  for (; last; last = last->before) {
    if (REAL(pwrite64)(last->file, last->old, last->length, last->offset) != (ssize_t) last->length) abort();
    if (REAL(ftruncate64)(last->file, last->size)) abort();
  }
  _exit(137);
  return nothing;
}

__attribute__((constructor)) static void begin(void) {
  const char *below = getenv("FAULTY_DISK"), *millis = getenv("FAULTY_DISK_MILLIS");
  pthread_t watcher;
  if (!below || !realpath(below, directory)) return;
  snprintf(eio, sizeof eio, "%s.eio", directory);
  snprintf(hold, sizeof hold, "%s.hold", directory);
  snprintf(cut, sizeof cut, "%s.cut", directory);
  slowness = millis ? (useconds_t) atoi(millis) * 1000 : 0;
  if (pthread_create(&watcher, NULL, watch, NULL)) abort();
}
