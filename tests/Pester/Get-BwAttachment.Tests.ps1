BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $expected = Get-BwSecret 'with attachment#attachment:cert.pfx'
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Get-BwAttachment' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        $target = Join-Path $folder 'a [1].pfx'
    }

    It 'gives the bytes, as one object' {
        $found = @(Get-BwAttachment 'with attachment' cert.pfx)
        $found.Count | Should -Be 1
        , $found[0] | Should -BeOfType [byte[]]
        [Convert]::ToBase64String($found[0]) | Should -Be ([Convert]::ToBase64String($expected))
    }

    It 'finds the file by <What>' -TestCases @(
        @{ What = 'a pattern'; Name = 'CERT*' }
        @{ What = 'nothing at all'; Name = $null }
        @{ What = 'its id'; Name = 'id' }
    ) {
        $item = Get-BwItem 'with attachment'
        $more = if ($Name -eq 'id') { @{ Name = $item.Attachments[0].Id } } elseif ($Name) { @{ Name = $Name } } else { @{} }
        ($item | Get-BwAttachment @more).Length | Should -Be $expected.Length
    }

    It 'a pattern that no file has gives nothing' {
        Get-BwAttachment 'with attachment' 'x*' | Should -BeNullOrEmpty
    }

    It 'a name that no file has is SecretNotFound' {
        Get-BwAttachment 'with attachment' x.pfx -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'SecretNotFound,Bitwarden.PowerShell.Commands.GetBwAttachmentCommand'
    }

    It 'writes the file, for its owner alone' {
        $written = Get-BwAttachment 'with attachment' cert.pfx -OutFile $target
        $written | Should -BeOfType [IO.FileInfo]
        [Convert]::ToBase64String([IO.File]::ReadAllBytes($target)) | Should -Be ([Convert]::ToBase64String($expected))
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($target) | Should -Be 'UserWrite, UserRead' }
        (Get-ChildItem $folder -Force).Name | Should -Be 'a [1].pfx'
    }

    It 'finds a path from the place where PowerShell is' {
        Push-Location $folder
        try { (Get-BwAttachment 'with attachment' cert.pfx -OutFile ./here.pfx).DirectoryName | Should -Be $folder } finally { Pop-Location }
    }

    It 'in a folder the file has its own name' {
        (Get-BwAttachment 'with attachment' -OutFile $folder).Name | Should -Be 'cert.pfx'
    }

    It 'replaces nothing without -Force' {
        [IO.File]::WriteAllText($target, 'mine')
        Get-BwAttachment 'with attachment' -OutFile $target -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'FileExists,Bitwarden.PowerShell.Commands.GetBwAttachmentCommand'
        [IO.File]::ReadAllText($target) | Should -Be 'mine'
        (Get-BwAttachment 'with attachment' -OutFile $target -Force).Length | Should -Be $expected.Length
    }

    It 'never writes two files to one path' {
        $twice = Get-BwItem 'with attachment' | ForEach-Object { $_, $_ }
        $null = $twice | Get-BwAttachment -OutFile $target -Force -ErrorVariable failures -ErrorAction SilentlyContinue
        ($failures[0].FullyQualifiedErrorId -split ',')[0] | Should -Be 'FileExists'
    }

    It '<Path> is FileUnusable' -TestCases @(
        @{ Path = 'Env:/x' }
        @{ Path = 'nodrive:/x' }
        @{ Path = '/no/such/folder/x' }
    ) {
        Get-BwAttachment 'with attachment' -OutFile $Path -ErrorVariable failures -ErrorAction SilentlyContinue
        ($failures[0].FullyQualifiedErrorId -split ',')[0] | Should -Be 'FileUnusable'
    }

    Context '-AsCertificate' {
        BeforeAll {
            $key = [Security.Cryptography.ECDsa]::Create()
            $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, [Security.Cryptography.HashAlgorithmName]::SHA256)
            $made = $request.CreateSelfSigned([datetimeoffset]::UtcNow, [datetimeoffset]::UtcNow.AddDays(1))
            $path = Join-Path $TestDrive tls.pfx
            [IO.File]::WriteAllBytes($path, $made.Export('Pfx', 'Pfx-pässword'))
            $null = New-BwItem tls -Password (ConvertTo-TestSecret 'Pfx-pässword') -Field @{ right = ConvertTo-TestSecret 'Pfx-pässword'; wrong = 'x' }
            $null = New-BwItem tls-note -Notes x
            Add-BwAttachment tls $path
            Add-BwAttachment tls-note $path
            $before = [IO.Directory]::GetFiles([IO.Path]::GetTempPath()).Count
        }

        It 'opens it with <What>' -TestCases @(
            @{ What = 'the password of the item'; More = @{} }
            @{ What = 'a field'; More = @{ PasswordField = 'RIGHT' } }
            @{ What = 'a password'; More = @{ Password = { ConvertTo-TestSecret 'Pfx-pässword' } } }
        ) {
            if ($More.Password) { $More.Password = & $More.Password }
            $certificate = Get-BwAttachment tls *.pfx -AsCertificate @More
            $certificate | Should -BeOfType Security.Cryptography.X509Certificates.X509Certificate2
            $certificate.Thumbprint | Should -Be $made.Thumbprint
            $data = [byte[]](1..32)
            $signed = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($certificate).SignHash($data)
            $key.VerifyHash($data, $signed) | Should -BeTrue
            [IO.Directory]::GetFiles([IO.Path]::GetTempPath()).Count | Should -Be $before
            $certificate.Dispose()
        }

        It '<What> is <Code>, and the next file is tried' -TestCases @(
            @{ What = 'a field with another value'; Item = 'tls'; More = @{ PasswordField = 'wrong' }; Code = 'InvalidCertificatePassword' }
            @{ What = 'an empty password'; Item = 'tls'; More = @{ Password = '' }; Code = 'InvalidCertificatePassword' }
            @{ What = 'an item without a password'; Item = 'tls-note'; More = @{}; Code = 'InvalidCertificatePassword' }
            @{ What = 'a field that is not there'; Item = 'tls'; More = @{ PasswordField = 'none' }; Code = 'SecretNotFound' }
            @{ What = 'another kind of file'; Item = 'with attachment'; More = @{}; Code = 'InvalidCertificate' }
        ) {
            Get-BwAttachment $Item, $Item -AsCertificate @More -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failures.FullyQualifiedErrorId | Should -Be @(, "$Code,Bitwarden.PowerShell.Commands.GetBwAttachmentCommand" * 2)
            "$failures" | Should -Not -Match 'Pfx-p'
        }

        It 'goes with no other form' {
            { Get-BwAttachment tls -AsCertificate -OutFile x } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    It 'a download that breaks leaves nothing' {
        Add-Fault $server /attachments TruncatedJson
        Get-BwAttachment 'with attachment' -OutFile $target -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -BeGreaterThan 0
        Clear-Fault $server
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }
}
