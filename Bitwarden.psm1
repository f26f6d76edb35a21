# For Import-Module ./Bitwarden.psd1 in a checkout only. The built module has no script.
$built = Join-Path $PSScriptRoot out Bitwarden Bitwarden.psd1
if (-not (Test-Path $built)) {
    throw "The module was not built yet. Run ./build.ps1 in '$PSScriptRoot', or 'dotnet build' there, and import it again."
}

Import-Module $built
Export-ModuleMember -Cmdlet *
