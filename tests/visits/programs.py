"""How these tests run the visitor's program."""
import os
import re
import subprocess
import sys

NO_PICTURES = "no video driver|no window|OpenGL 3.3"  # what it says where nothing can draw
REPORTS = "Sanitizer|runtime error|our mistake|graphics driver: GL_"


def visit(bin_folder, arguments, cwd):
    """Its output; ends this program with 77 where there is no OpenGL, with 1 if it fails, a
    sanitizer or an assertion reports, or the driver complains."""
    command = [os.path.join(bin_folder, "vitrine"), "--headless", *arguments]
    print("$", " ".join(command[:40]), flush=True)
    result = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            check=False)
    output = result.stdout.decode("utf-8", "replace")
    if result.returncode and re.search(NO_PICTURES, output):
        print("skipped: there is no OpenGL here")
        sys.exit(77)
    if result.returncode or re.search(REPORTS, output):
        print(output[-8000:])
        sys.exit(f"the visit ended with {result.returncode}")
    return output
