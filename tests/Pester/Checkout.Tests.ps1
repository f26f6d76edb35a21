BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    # A folder of another name: nobody's checkout has to be called Bitwarden.
    $checkout = Join-Path $TestDrive checkout
    $null = New-Item $checkout -ItemType Directory
    Get-ChildItem $repository -Filter 'Bitwarden.psd1' -File | Copy-Item -Destination $checkout
    Get-ChildItem $repository -Filter 'Bitwarden.psm1' -File | Copy-Item -Destination $checkout

    function Import-Checkout {
        Invoke-FreshPwsh -WithoutModule -Arguments @{ Manifest = Join-Path $checkout Bitwarden.psd1; Url = $args[0] } {
            Import-Module $arguments.Manifest -ErrorAction SilentlyContinue
            $ours = Get-Command -Module Bitwarden
            @{
                Modules  = @(Get-Module Bitwarden).Count
                Names    = @($ours.Name)
                Binary   = if ($ours) { $ours[0].DLL }
                Synopsis = if ($ours) { (Get-Help Test-BwVault).Synopsis }
                View     = [bool](Get-FormatData Bitwarden.Core.Vault.VaultItem)
                Errors   = @($Error | ForEach-Object ToString)
            }
        }
    }
}

Describe 'Import-Module ./Bitwarden.psd1 at the root of a checkout' {
    It 'says what to do when nothing was built' {
        $run = Import-Checkout
        $run.Result.Names | Should -BeNullOrEmpty
        "$($run.Result.Errors)" | Should -BeLike '*not built*./build.ps1*'
    }

    It 'gives the module that was built, with help and views' {
        $null = New-Item (Join-Path $checkout out) -ItemType Directory
        Copy-Item (Get-ModuleFolder) (Join-Path $checkout out) -Recurse
        $run = Import-Checkout
        $run.Result.Errors | Should -BeNullOrEmpty
        $expected = (Import-PowerShellDataFile (Join-Path $checkout Bitwarden.psd1)).CmdletsToExport
        $run.Result.Names | Sort-Object | Should -Be ($expected | Sort-Object)
        $run.Result.Modules | Should -Be 1
        $run.Result.Binary | Should -Be (Join-Path $checkout out Bitwarden Bitwarden.PowerShell.dll)
        $run.Result.Synopsis | Should -BeLike '*vault*decrypted*'
        $run.Result.View | Should -BeTrue
    }
}
