# How everything is compiled. Presets (CMakePresets.json) choose among these.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

option(BATCHWRIGHT_TESTS "Build the tests" ON)
option(BATCHWRIGHT_FUZZ "Build the libFuzzer targets (clang)" OFF)
option(BATCHWRIGHT_BENCH "Build the benchmarks" OFF)
set(BATCHWRIGHT_MUTANTS "" CACHE PATH "Folder of mutated sources to build instead (tools/mutate.py)")
set(BATCHWRIGHT_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
# Resources are read from here when they aren't found beside the program (a build tree).
set(BATCHWRIGHT_RESOURCES ${PROJECT_SOURCE_DIR}/resources)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers are cached only when told that their macros may be taken on trust. What a source includes is
  # learnt from the compiler: preprocessing everything first makes a first build half as long again.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1 ${CCACHE_PROGRAM})
endif()
option(BATCHWRIGHT_PCH "Precompile the library headers that nearly every source needs" ON)

option(BATCHWRIGHT_GROUPED "Compile sources in groups (tools/source_groups.py)" OFF)
if(BATCHWRIGHT_GROUPED)
  set(stamp ${PROJECT_BINARY_DIR}/groups/stamp)
  if(NOT EXISTS ${stamp})
    file(WRITE ${stamp} "")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${stamp} ${PROJECT_SOURCE_DIR}/tools/source_groups.py)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(BATCHWRIGHT_SANITIZE)
  # With sanitizers GCC warns of what isn't there (its manual says so); the release build has the say about warnings.
  add_compile_options(-fsanitize=${BATCHWRIGHT_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer -Wno-error -w)
  add_link_options(-fsanitize=${BATCHWRIGHT_SANITIZE})
endif()
