BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $archive = & (Join-Path $repository build.ps1) -Task Package -NoBuild
    $modules = Join-Path $TestDrive modules
    [IO.Compression.ZipFile]::ExtractToDirectory($archive, $modules)
    $manifest = Import-PowerShellDataFile (Join-Path $repository Bitwarden.psd1)
}

# As PSResourceGet and PowerShellGet leave a module: a folder of its name, in it one of its version.
Describe 'The archive of the package task' {
    It 'has the module in a folder of its name and version, without debug symbols' {
        $archive.Name | Should -Be "Bitwarden.$($manifest.ModuleVersion).zip"
        Join-Path $modules Bitwarden $manifest.ModuleVersion Bitwarden.psd1 | Should -Exist
        Get-ChildItem $modules -Recurse -Filter *.pdb | Should -BeNullOrEmpty
    }

    It 'is imported by name and version, with help, views and types' {
        $run = Invoke-FreshPwsh -WithoutModule -Arguments @{ Modules = $modules; Version = $manifest.ModuleVersion } {
            $env:PSModulePath = $arguments.Modules
            Import-Module Bitwarden -RequiredVersion $arguments.Version
            $module = Get-Module Bitwarden
            @{
                Base     = $module.ModuleBase
                Cmdlets  = $module.ExportedCmdlets.Count
                Nested   = @($module.NestedModules.Name)
                Synopsis = (Get-Help Test-BwVault).Synopsis
                View     = [bool](Get-FormatData Bitwarden.Core.Vault.VaultItem)
                Type     = [bool](Get-TypeData Bitwarden.Core.Vault.VaultItem)
                Errors   = @($Error | ForEach-Object ToString)
            }
        }
        $run.Result.Errors | Should -BeNullOrEmpty
        $run.Result.Base | Should -Be (Join-Path $modules Bitwarden $manifest.ModuleVersion)
        $run.Result.Cmdlets | Should -Be $manifest.CmdletsToExport.Count
        $run.Result.Nested | Should -Contain 'Bitwarden.Extension'
        $run.Result.Synopsis | Should -BeLike '*vault*decrypted*'
        $run.Result.View | Should -BeTrue
        $run.Result.Type | Should -BeTrue
    }
}
