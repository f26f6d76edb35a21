BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    Import-BitwardenModule
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
    $values = [ordered]@{
        'an empty text'     = { '' }
        'null'              = { $null }
        'white space'       = { " `t " }
        'a megabyte'        = { 'x' * 1MB }
        'control characters' = { "`e]52;c;eA==`a##vso[x]`u{202e}" }
    }
    # Every parameter of every cmdlet that takes a value. A switch that is given null is off: that is the language's own rule.
    $cases = foreach ($command in Get-Command -Module Bitwarden) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $common -and -not $_.SwitchParameter }) {
            $secret = $parameter.ParameterType -in [securestring], [pscredential]
            # PowerShell itself asks for a credential that is given as text or as null: where there is nobody to ask, that fails.
            foreach ($what in $values.Keys) {
                @{ Command = $command.Name; Parameter = $parameter.Name; What = $what; Value = $values[$what]; Set = @($parameter.ParameterSets.Keys)[0]
                    IsAsked = $parameter.ParameterType -eq [pscredential]
                }
            }
            if ($secret) {
                @{ Command = $command.Name; Parameter = $parameter.Name; What = 'an empty secret'; Set = @($parameter.ParameterSets.Keys)[0]
                    Value = if ($parameter.ParameterType -eq [pscredential]) { { [pscredential]::Empty } } else { { [securestring]::new() } }
                }
            }
        }
    }
    # What SecretManagement passes on to a vault, as it is.
    $ofVaults = [ordered]@{
        'Set-Secret' = 'Name', 'Secret', 'Metadata'; 'Set-SecretInfo' = 'Name', 'Metadata'; 'Remove-Secret' = , 'Name'; 'Unlock-SecretVault' = , 'Password'
    }
    $cases += foreach ($command in $ofVaults.Keys) {
        foreach ($parameter in $ofVaults[$command]) {
            foreach ($what in $values.Keys) {
                @{ Command = "Bitwarden.Extension\$command"; Parameter = $parameter; What = $what; Value = $values[$what]; Set = '__AllParameterSets' }
            }
        }
    }
    $cases += @{ Command = 'Bitwarden.Extension\Unlock-SecretVault'; Parameter = 'Password'; What = 'an empty secret'; Set = '__AllParameterSets'
        Value = { [securestring]::new() }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $extension = Import-Module (Join-Path (Get-ModuleFolder) 'Bitwarden.Extension') -PassThru -Scope Local
    $server = Start-TestServer
    $account = Get-TestAccount $server weak@example.org
    # A login that succeeds takes the place of this session.
    $own = @{ Session = Connect-TestAccount $server weak@example.org -Unlock -More @{ IdleTimeout = 0 } }
    $exported = Export-BwSession
    # What takes a path may find one in almost any text.
    $place = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "bw-given-$([guid]::NewGuid())")
    Push-Location $place
    $copy = Join-Path $place vault.copy
    Save-BwVault $copy
    $typed = [Bitwarden.Core.Errors.ErrorCodes], [Bitwarden.PowerShell.Errors.ShellErrorCodes] |
        ForEach-Object { $_.GetFields() } | ForEach-Object { $_.GetRawConstantValue() }
    # What each cmdlet needs beside the parameter that is tried; everything else would be taken from the environment.
    $needed = @{
        'Add-BwAttachment'     = @{ Item = 'small-sql'; Path = $PSCommandPath; WhatIf = $true }
        'Add-BwSshKey'         = @{ Name = 'small-sql'; WhatIf = $true }
        'Connect-BwAccount'    = @{ Email = 'weak@example.org'; NonInteractive = $true }
        'Connect-BwApiKey'     = @{ NonInteractive = $true }
        'Copy-BwItem'          = @{ Name = 'small-sql'; WhatIf = $true }
        'Copy-BwSecret'        = @{ Name = 'small-sql'; WhatIf = $true }
        'Expand-BwTemplate'    = @{ Text = 'x' }
        'Export-BwSession'     = @{}
        'Export-BwVault'       = @{ Path = 'x'; WhatIf = $true }
        'Get-BwAttachment'     = @{ Item = 'small-sql' }
        'Get-BwReference'      = @{ Item = 'small-sql' }
        'Get-BwSecret'         = @{ Name = 'small-sql' }
        'Get-BwTotp'           = @{ Name = 'small-sql' }
        'Import-BwSession'     = @{ Token = $exported }
        'Import-BwVault'       = @{ Path = 'none.json'; WhatIf = $true }
        'Move-BwItem'          = @{ Name = 'small-sql'; WhatIf = $true }
        'New-BwFolder'         = @{ Name = 'x'; WhatIf = $true }
        'New-BwItem'           = @{ Name = 'x'; WhatIf = $true }
        'New-BwPassphrase'     = @{}
        'New-BwPassword'       = @{}
        'New-BwUserName'       = @{}
        'Open-BwItem'          = @{ Name = 'small-sql'; WhatIf = $true }
        'Register-BwSecretVault' = @{ Name = 'v'; WhatIf = $true }
        'Open-BwVault'         = @{ Path = $copy }
        'Remove-BwAttachment'  = @{ Item = 'small-sql'; Name = '*'; WhatIf = $true }
        'Remove-BwFolder'      = @{ Name = 'Work'; WhatIf = $true }
        'Remove-BwItem'        = @{ Name = 'small-sql'; WhatIf = $true }
        'Remove-BwSshKey'      = @{ Name = 'small-sql'; WhatIf = $true }
        'Reset-BwApiKey'       = @{ Confirm = $false; NonInteractive = $true }
        'Resolve-BwReference'  = @{ Reference = 'bw://small-sql' }
        'Restore-BwItem'       = @{ Name = 'small-sql'; WhatIf = $true }
        'Update-BwAttachment'  = @{ Item = 'small-sql'; WhatIf = $true }
        'Set-BwFolder'         = @{ Name = 'Work'; NewName = 'x'; WhatIf = $true }
        'Set-BwItem'           = @{ Name = 'small-sql'; WhatIf = $true }
        'Set-BwPipelineVariable' = @{ Name = 'X'; WhatIf = $true }
        'Save-BwVault'         = @{ Path = $copy; Force = $true }
        'Use-BwSecret'         = @{ ScriptBlock = { }; FromEnvironment = $true }
        'Select-BwSession'     = @{ WhatIf = $true }
        'Disconnect-BwSession' = @{ WhatIf = $true }
        'Lock-BwVault'         = @{ WhatIf = $true }
    }
    $vault = @{ VaultName = 'v'; AdditionalParameters = @{ Account = 'weak@example.org'; Server = $server.Url } }
    foreach ($ofVault in 'Set-Secret', 'Set-SecretInfo', 'Remove-Secret', 'Unlock-SecretVault') { $needed["Bitwarden.Extension\$ofVault"] = $vault }
    $name = (Get-BwItem | Select-Object -First 1).UniqueName

    # In a runspace whose host has nobody to ask.
    function Invoke-Hostless([string] $Command, [hashtable] $Arguments) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand('Import-Module').AddArgument((Get-ModuleFolder)).AddStatement().AddCommand($Command).AddParameters($Arguments).Invoke()
            $shell.Streams.Error | Select-Object -First 1
        } catch {
            $_.Exception.InnerException.ErrorRecord
        } finally {
            $shell.Dispose()
        }
    }

    # A cmdlet that took the parameter for "not given" succeeds with these.
    function Set-WorkingEnvironment {
        $env:BW_SERVER = $server.Url
        $env:BW_CLIENTID = $account.clientId
        $env:BW_CLIENTSECRET = (Get-TestAccount $server weak@example.org).clientSecret
        $env:BW_PASSWORD = $account.masterPassword
    }

    function Get-Argument([string] $Command, [string] $Parameter, [string] $Set) {
        $arguments = if ($needed[$Command]) { $needed[$Command].Clone() } else { @{} }
        if ($arguments.Name) { $arguments.Name = $name }
        if ($arguments.Item) { $arguments.Item = $name }
        if ($Command -eq 'Remove-BwAttachment') { $arguments.Name = '*' }
        $inSet = (Get-Command $Command).Parameters
        foreach ($other in @($arguments.Keys)) {
            $sets = $inSet[$other].ParameterSets.Keys
            if ($other -eq $Parameter -or ($Set -ne '__AllParameterSets' -and $sets -notcontains $Set -and $sets -notcontains '__AllParameterSets')) {
                $arguments.Remove($other)
            }
        }
        if ($Command -in 'Get-BwSecret', 'Copy-BwSecret' -and $Parameter -eq 'Selector') {
            $arguments.Item = Get-BwItem -Session $own.Session | Select-Object -First 1
        }
        if ($Command -eq 'Export-BwSession' -and $Parameter -eq 'ValidFor') { $arguments.Key = ConvertTo-TestSecret ('k' * 20) }
        if ($Command -eq 'Import-BwSession' -and $Set -eq 'OfficialClient') { $arguments.FromOfficialClient = $true }
        # The switch of a kind of item is called as its set.
        if ($Command -eq 'New-BwItem' -and $Set -notin 'Login', '__AllParameterSets') { $arguments[$Set] = $true }
        if ($Command -in 'Copy-BwItem', 'Move-BwItem' -and $Parameter -eq 'Organization') { $arguments.Collection = 'x' }
        $arguments
    }

    # Nothing is a value here: it takes away what the item has.
    function Test-Clearing([string] $Command, [string] $Parameter, [string] $What) {
        $others = 'Name', 'NewName', 'MasterPassword', 'Session', 'UriMatch', 'Field', 'Credential'
        ($Command -eq 'Set-BwItem' -and $Parameter -notin $others -and $What -in 'an empty text', 'null', 'an empty secret') -or
            # A template may be blank, as a line of one may that comes down the pipeline.
            ($Command -eq 'Expand-BwTemplate' -and $Parameter -eq 'Text' -and $What -ne 'null')
    }
}

AfterAll {
    Pop-Location
    Remove-Item $place -Recurse
    Remove-Module $extension
    Clear-BwEnvironment
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'A value that is given and useless' {
    BeforeAll {
        Set-WorkingEnvironment
    }

    AfterAll {
        Clear-BwEnvironment
    }

    It '<Command> -<Parameter> with <What> is an error that says so, and never "not given"' -ForEach $cases {
        if ($own.Session.State -ne 'Unlocked') { $own.Session = Connect-TestAccount $server weak@example.org -Unlock -More @{ IdleTimeout = 0 } }
        Select-BwSession $own.Session
        $arguments = Get-Argument $Command $Parameter $Set
        $arguments[$Parameter] = & $Value
        $output = @()
        $failure = if ($IsAsked) { Invoke-Hostless $Command $arguments } else {
            try { $output = @(& $Command @arguments -ErrorAction Stop -WarningAction Ignore) } catch { $_ }
        }
        $isBlank = $What -in 'an empty text', 'null', 'white space', 'an empty secret'
        $mustFail = $IsAsked -or ($isBlank -and -not (Test-Clearing $Command $Parameter $What))
        if ($mustFail) { $failure | Should -Not -BeNullOrEmpty -Because 'an empty value was given' }
        # What nobody asks for, such as a code that no server wants, may be anything but empty.
        if (-not $failure) { $output | Where-Object { $_ -is [Bitwarden.Core.Vault.VaultItem] } | Should -BeNullOrEmpty }
        if ($failure) {
            $id = ($failure.FullyQualifiedErrorId -split ',')[0]
            if ($IsAsked) { $failure.Exception.Message | Should -BeLike '*does not support user interaction*' }
            elseif ($id -notin $typed) { $failure.Exception | Should -BeOfType Management.Automation.ParameterBindingException }
            # Numbers and kinds are read by PowerShell, in words of its own, which quote the value: never a secret.
            $isOfPowerShell = (Get-Command $Command).Parameters[$Parameter].ParameterType -ne [securestring] -and
                $failure.Exception -is [Management.Automation.ParameterBindingException] -and $failure.Exception.ErrorId -eq 'CannotConvertArgumentNoMessage'
            if (-not $isOfPowerShell) {
                $failure.Exception.Message.Length | Should -BeLessThan 2000
                if ($id -in $typed) { $failure.Exception.Message | Should -Not -Match '[\x00-\x1f\x7f-\x9f\u202a-\u202e]|##vso\[' }
            }
        }
    }

    It 'the table has every cmdlet' {
        $expected = (Get-Command -Module Bitwarden).Name | Sort-Object
        (@($expected) -join ' ') | Should -Match 'Connect-BwApiKey.*Get-BwItem.*Unlock-BwVault'
        Bitwarden.Extension\Test-SecretVault @vault | Should -BeTrue -Because 'the vault commands of the table fail for what they are given only'
    }
}

Describe 'BW_SERVER that is set and empty' {
    BeforeAll {
        Set-WorkingEnvironment
    }

    AfterAll {
        Clear-BwEnvironment
    }

    It '<Command> with <What> is InvalidServer, and nothing is sent' -ForEach $(
        foreach ($command in 'Connect-BwApiKey', 'Connect-BwAccount', 'Test-BwConnection', 'Import-BwSession') {
            foreach ($what in 'an empty text', 'white space', 'a macro that nobody replaced') { @{ Command = $command; What = $what } }
        }
    ) {
        $value = @{ 'an empty text' = ''; 'white space' = '  '; 'a macro that nobody replaced' = '$(BW_SERVER)' }[$What]
        [Environment]::SetEnvironmentVariable('BW_SERVER', $value)
        if ($null -eq [Environment]::GetEnvironmentVariable('BW_SERVER')) { Set-ItResult -Skipped -Because 'this system has no empty variables'; return }
        Clear-ServerRequest $server
        $arguments = switch ($Command) {
            'Connect-BwAccount' { @{ Email = 'weak@example.org' } }
            'Import-BwSession' { @{ Token = $exported } }
            default { @{} }
        }
        { & $Command @arguments } | Should -Throw -ErrorId 'InvalidServer,*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'One address without the other' {
    It '<Name> alone is InvalidServer' -ForEach @(
        @{ Name = 'ApiUrl' }
        @{ Name = 'IdentityUrl' }
    ) {
        $address = @{ $Name = "$($server.Url)/$($Name -replace 'Url')" }
        { Connect-BwApiKey @address -ClientId $account.clientId -ClientSecret (ConvertTo-TestSecret x) } |
            Should -Throw -ErrorId 'InvalidServer,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'a server of your own gives the other one' {
        $secret = ConvertTo-TestSecret $account.clientSecret
        $session = Connect-BwApiKey $server.Url -ApiUrl "$($server.Url)/api" -ClientId $account.clientId -ClientSecret $secret
        $session.Account | Should -Be 'weak@example.org'
    }
}

Describe 'Vault parameters that are given and empty' {
    It '<Key> with <What> is InvalidVaultParameter' -ForEach $(
        foreach ($key in 'Account', 'Server') {
            @{ Key = $key; What = 'an empty text'; Value = '' }
            @{ Key = $key; What = 'null'; Value = $null }
            @{ Key = $key; What = 'white space'; Value = '  ' }
            @{ Key = $key; What = 'a list'; Value = @('a', 'b') }
        }
    ) {
        $parameters = @{ VaultName = 'v'; AdditionalParameters = @{ $Key = $Value } }
        Bitwarden.Extension\Test-SecretVault @parameters -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeFalse
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidVaultParameter,*'
    }
}
