// The cases of a campaign, spread over processes: a picture that ends a decoder's process costs
// one case.
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "vision/challenge/campaign.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

namespace {

// A process that works on every `step`th case from `next` on and writes one line for each.
struct Job {
  int next = 0;
  int end = -1;  // file descriptor its lines come from
  pid_t child = 0;
  std::string rest;  // of a line that isn't whole yet
};

class Runner {
 public:
  Runner(const Campaign& campaign, const CampaignOptions& options)
      : campaign_(campaign),
        options_(options),
        outcomes_(static_cast<std::size_t>(std::max(0, options.cases))) {}

  std::vector<Json> run() {
    jobs_.resize(static_cast<std::size_t>(std::clamp(options_.jobs, 1, 64)));
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      jobs_[i].next = static_cast<int>(i);
      start(jobs_[i]);
    }
    while (std::ranges::any_of(jobs_, [](const Job& job) { return job.end >= 0; })) wait();
    return std::move(outcomes_);
  }

 private:
  [[nodiscard]] int step() const { return static_cast<int>(jobs_.size()); }

  void start(Job& job) {
    if (job.next >= options_.cases) return;
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return;
    std::fflush(nullptr);
    job.child = ::fork();
    if (job.child == 0) {
      ::close(ends[0]);
      work(job.next, ends[1]);
      ::_exit(0);
    }
    ::close(ends[1]);
    job.end = ends[0];
    job.rest.clear();
  }

  void work(int first, int out) const {
    settle_engine();
    for (int number = first; number < options_.cases; number += step()) {
      const auto line = batchwright::to_text(campaign_.run(options_.seed, number)) + "\n";
      for (std::size_t at = 0; at < line.size();) {
        const auto wrote = ::write(out, line.data() + at, line.size() - at);
        if (wrote <= 0) return;
        at += static_cast<std::size_t>(wrote);
      }
    }
  }

  void wait() {
    std::vector<pollfd> fds;
    for (const auto& job : jobs_)
      if (job.end >= 0) fds.push_back({job.end, POLLIN, 0});
    if (::poll(fds.data(), fds.size(), -1) < 0) return;
    for (const auto& fd : fds)
      if (fd.revents != 0) receive(*std::ranges::find(jobs_, fd.fd, &Job::end));
  }

  void receive(Job& job) {
    std::array<char, 4096> bytes{};
    const auto got = ::read(job.end, bytes.data(), bytes.size());
    if (got > 0) {
      job.rest.append(bytes.data(), static_cast<std::size_t>(got));
      take_lines(job);
      return;
    }
    ::close(job.end);
    job.end = -1;
    int status = 0;
    ::waitpid(job.child, &status, 0);
    if (job.next >= options_.cases) return;
    std::fprintf(stderr, "%s: case %d ended its process\n", campaign_.name.c_str(), job.next);
    job.next += step();
    start(job);
  }

  void take_lines(Job& job) {
    for (auto ends = job.rest.find('\n'); ends != std::string::npos; ends = job.rest.find('\n')) {
      auto outcome = parse_json(std::string_view(job.rest).substr(0, ends));
      job.rest.erase(0, ends + 1);
      if (job.next >= options_.cases) return;
      if (outcome) outcomes_[static_cast<std::size_t>(job.next)] = std::move(*outcome);
      job.next += step();
      if (++done_ % 1000 == 0) std::fprintf(stderr, "%s: %d\n", campaign_.name.c_str(), done_);
    }
  }

  const Campaign& campaign_;
  const CampaignOptions& options_;
  std::vector<Json> outcomes_;
  std::vector<Job> jobs_;
  int done_ = 0;
};

}  // namespace

std::vector<Json> run_cases(const Campaign& campaign, const CampaignOptions& options) {
  return Runner(campaign, options).run();
}

}  // namespace batchwright::vision::challenge
