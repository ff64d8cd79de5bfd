/*
 * A stand-in for libsocket, for the tests of qwormhole.libsocket only. It is not libsocket and is
 * never shipped. It has the six functions that the provider needs, with the declarations of
 * libsocket's libinetsocket.h and its habits where they matter: errors through errno, no
 * SO_REUSEADDR, a backlog of 128, names looked up unless numbers are asked for.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TCP = 1, IPV4 = 3, IPV6 = 4, BOTH = 5, NUMERIC = 1, READ = 1, WRITE = 2, BACKLOG = 128 };

static int family(char version) {
  return version == IPV4 ? AF_INET : version == IPV6 ? AF_INET6 : version == BOTH ? AF_UNSPEC : -1;
}

static struct addrinfo *resolve(const char *host, const char *service, char version, int passive) {
  struct addrinfo hints, *found;
  if (host == NULL || service == NULL || family(version) < 0) {
    return NULL;
  }
  memset(&hints, 0, sizeof hints);
  hints.ai_family = family(version);
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = passive ? AI_PASSIVE : 0;
  errno = 0;
  return getaddrinfo(host, service, &hints, &found) == 0 ? found : NULL;
}

static int fail(int fd) {
  int error = errno;
  if (fd >= 0) {
    close(fd);
  }
  errno = error;
  return -1;
}

int create_inet_stream_socket(const char *host, const char *service, char version, int flags) {
  struct addrinfo *all = resolve(host, service, version, 0), *each;
  int fd = -1;
  for (each = all; each != NULL && fd < 0; each = each->ai_next) {
    fd = socket(each->ai_family, each->ai_socktype | flags, each->ai_protocol);
    if (fd >= 0 && connect(fd, each->ai_addr, each->ai_addrlen) != 0 && errno != EINPROGRESS) {
      fd = fail(fd);
    }
  }
  if (all != NULL) {
    freeaddrinfo(all);
  }
  return fd;
}

int create_inet_server_socket(const char *host, const char *service, char protocol, char version,
                              int flags) {
  struct addrinfo *all = protocol == TCP ? resolve(host, service, version, 1) : NULL, *each;
  int fd = -1;
  for (each = all; each != NULL && fd < 0; each = each->ai_next) {
    fd = socket(each->ai_family, each->ai_socktype | flags, each->ai_protocol);
    if (fd >= 0 && (bind(fd, each->ai_addr, each->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0)) {
      fd = fail(fd);
    }
  }
  if (all != NULL) {
    freeaddrinfo(all);
  }
  return fd;
}

int accept_inet_stream_socket(int listening, char *host, size_t host_len, char *service,
                              size_t service_len, int flags, int accept_flags) {
  struct sockaddr_storage peer;
  socklen_t length = sizeof peer;
  int numbers = flags == NUMERIC ? NI_NUMERICHOST | NI_NUMERICSERV : 0;
  int fd = accept4(listening, (struct sockaddr *)&peer, &length, accept_flags);
  if (fd >= 0 && (host_len > 0 || service_len > 0) &&
      getnameinfo((struct sockaddr *)&peer, length, host, host_len, service, service_len,
                  numbers) != 0) {
    return fail(fd);
  }
  return fd;
}

int shutdown_inet_stream_socket(int fd, int sides) {
  if (sides <= 0 || (sides & ~(READ | WRITE)) != 0) {
    return -1;
  }
  return shutdown(fd, sides == READ ? SHUT_RD : sides == WRITE ? SHUT_WR : SHUT_RDWR);
}

int destroy_inet_socket(int fd) { return fd < 0 ? -1 : close(fd); }

int get_address_family(const char *host) {
  struct addrinfo *all = resolve(host, "0", BOTH, 0);
  int version = all == NULL ? -1 : all->ai_family == AF_INET6 ? IPV6 : IPV4;
  if (all != NULL) {
    freeaddrinfo(all);
  }
  return version;
}
