# batchwright_module(NAME LINK ...): the library batchwright::NAME from all sources of the folder NAME, except program
# mains, which live in NAME/main/. Includes are written from the root: #include "record/line.h".
function(batchwright_module name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/${name}/main/")
  if(sources)
    add_library(batchwright_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(batchwright_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(batchwright_${name} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(batchwright_${name} ${scope} ${arg_LINK})
  if(sources)
    batchwright_precompile(batchwright_${name} batchwright_base precompiled.h)
  endif()
  add_library(batchwright::${name} ALIAS batchwright_${name})
endfunction()

# Library headers only, never our own: what is included stays visible in each source. The first library and the first
# test program make them, the rest share.
function(batchwright_precompile target first header)
  if(NOT BATCHWRIGHT_PCH)
    return()
  elseif(target STREQUAL first)
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/${header})
  else()
    target_precompile_headers(${target} REUSE_FROM ${first})
  endif()
endfunction()

# batchwright_test(NAME LINK ...): one GoogleTest program from tests/NAME/*.cpp, run by CTest.
function(batchwright_test name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE ${arg_LINK} GTest::gmock GTest::gtest_main)
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  # g++ 12 sees overlaps and bounds in std::string's own concatenation that aren't there (GCC bugs 105329, 105651).
  target_compile_options(test_${name} PRIVATE $<$<CONFIG:Release>:-Wno-array-bounds -Wno-restrict -Wno-stringop-overflow>)
  if(BATCHWRIGHT_SANITIZE MATCHES undefined)
    # The tests' own sources are compiled twice as fast so; what they prove is compiled with every check.
    target_compile_options(test_${name} PRIVATE -fno-sanitize=undefined)
  endif()
  batchwright_precompile(test_${name} test_base precompiled_tests.h)
  target_compile_definitions(test_${name} PRIVATE
    BATCHWRIGHT_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BATCHWRIGHT_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()
