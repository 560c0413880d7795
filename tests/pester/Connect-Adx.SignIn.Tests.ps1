# Signing in: a parameter set for each kind, and what is told before anything is sent.

BeforeDiscovery {
    . $PSScriptRoot/SecureText.ps1
    $application = '4c7e82bd-6adb-46c3-b413-fdd44834c69b'
    $kinds = @(
        @{ Set = 'Interactive'; Mandatory = @(); Optional = @('TenantId'); Default = $true }
        @{ Set = 'Credential'; Mandatory = @('Credential', 'TenantId'); Optional = @() }
        @{ Set = 'CertificateFile'; Mandatory = @('ApplicationId', 'CertificatePath', 'TenantId'); Optional = @('CertificatePassword', 'SendCertificateChain') }
        @{ Set = 'CertificateThumbprint'; Mandatory = @('ApplicationId', 'CertificateThumbprint', 'TenantId'); Optional = @('SendCertificateChain') }
        @{ Set = 'ManagedIdentity'; Mandatory = @('ManagedIdentity'); Optional = @('ClientId') }
        @{ Set = 'WorkloadIdentity'; Mandatory = @('WorkloadIdentity'); Optional = @() }
        @{ Set = 'AzureCli'; Mandatory = @('AzureCli'); Optional = @('TenantId') }
        @{ Set = 'AzurePowerShell'; Mandatory = @('AzurePowerShell'); Optional = @('TenantId') }
        @{ Set = 'DeviceCode'; Mandatory = @('DeviceCode'); Optional = @('TenantId') }
        @{ Set = 'AccessToken'; Mandatory = @('AccessToken'); Optional = @() }
        @{ Set = 'Local'; Mandatory = @('Local'); Optional = @('Principal', 'Cluster') }
    )
    # What a kind needs and does not get is asked for by PowerShell itself; here nobody answers.
    $incomplete = @(
        @{ Case = 'a key without its tenant'; Given = @{ Credential = [pscredential]::new($application, (Get-SecureText 'key')) } }
        @{ Case = 'a certificate file without the application'; Given = @{ CertificatePath = 'a.pfx'; TenantId = 'contoso.com' } }
        @{ Case = 'a certificate file without the tenant'; Given = @{ CertificatePath = 'a.pfx'; ApplicationId = $application } }
        @{ Case = 'a thumbprint without the application'; Given = @{ CertificateThumbprint = '00'; TenantId = 'contoso.com' } }
    )
    $mixed = @(
        @{ Case = 'two kinds'; Given = @{ AzureCli = $true; AzurePowerShell = $true } }
        @{ Case = 'a file and a thumbprint'; Given = @{ CertificatePath = 'a.pfx'; CertificateThumbprint = '00'; ApplicationId = $application; TenantId = 'contoso.com' } }
        @{ Case = 'a tenant for a managed identity'; Given = @{ ManagedIdentity = $true; TenantId = 'contoso.com' } }
        @{ Case = 'a client id for the Azure CLI'; Given = @{ AzureCli = $true; ClientId = $application } }
        @{ Case = 'a password for a thumbprint'; Given = @{ CertificateThumbprint = '00'; CertificatePassword = Get-SecureText 'p'; ApplicationId = $application; TenantId = 'contoso.com' } }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $local = Start-AdxLocal
    $application = '4c7e82bd-6adb-46c3-b413-fdd44834c69b'
    $certificate = @{ ApplicationId = $application; TenantId = 'contoso.com' }

    # A certificate in a file: PFX with its key, or without.
    function Save-Certificate([string] $Path, [string] $Secret, [int] $FromDays = -1, [int] $ToDays = 30, [switch] $WithoutKey) {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=adxflow-test', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $made = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays($FromDays), [datetimeoffset]::UtcNow.AddDays($ToDays))
        $form = if ($WithoutKey) { 'Cert' } else { 'Pfx' }
        [System.IO.File]::WriteAllBytes($Path, $made.Export($form, $Secret))
        $made
    }
    # A new process that nobody sits before; what it writes comes back as text.
    function Invoke-Unattended([string] $Script) {
        & pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; try { $Script } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message; `$_.ErrorDetails.RecommendedAction }" *>&1 | Out-String -Width 4096
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameter set <Set> of Connect-Adx' -ForEach $kinds {
    BeforeAll {
        $parameterSet = (Get-Command Connect-Adx).ParameterSets | Where-Object Name -EQ $Set
        $own = $parameterSet.Parameters | Where-Object { $_.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters }
    }

    It 'needs what it needs' {
        $own | Where-Object { $_.IsMandatory -and $_.Name -ne 'Cluster' } | ForEach-Object Name | Sort-Object | Should -Be ($Mandatory | Sort-Object)
    }

    It 'takes what it may take, and nothing of another kind' {
        $signIn = 'Credential', 'TenantId', 'CertificatePath', 'CertificatePassword', 'CertificateThumbprint', 'ApplicationId', 'SendCertificateChain', 'ManagedIdentity', 'ClientId',
        'WorkloadIdentity', 'AzureCli', 'AzurePowerShell', 'DeviceCode', 'AccessToken', 'Local', 'Principal'
        $own.Name | Where-Object { $_ -in $signIn } | Sort-Object | Should -Be ($Mandatory + $Optional | Where-Object { $_ -ne 'Cluster' } | Sort-Object)
    }

    It 'is the default: <Default>' {
        $parameterSet.IsDefault | Should -Be ([bool] $Default)
    }
}

Describe 'A sign-in that is not complete' {
    It 'is refused: <Case>' -ForEach $incomplete {
        (Get-Failure { Connect-Adx help.westus @Given }).FullyQualifiedErrorId | Should -BeLike 'MissingMandatoryParameter,*'
    }

    It 'is refused where kinds are mixed: <Case>' -ForEach $mixed {
        (Get-Failure { Connect-Adx help.westus @Given }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }
}

Describe 'A certificate that cannot sign in' {
    BeforeAll {
        $requests = $null
        function Get-Refusal([hashtable] $Given) {
            $script:requests = Get-LocalRequest { $script:failure = Get-Failure { Connect-Adx $local.ClusterUri @certificate @Given } }
            $script:failure
        }
    }

    AfterEach {
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCertificate,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $requests | Should -BeNullOrEmpty
    }

    It 'is not there' {
        (Get-Refusal @{ CertificatePath = "$TestDrive/none.pfx" }).Exception.Message | Should -BeLike '*no file*none.pfx*'
    }

    It 'is encrypted, and the password is wrong or missing' {
        $null = Save-Certificate "$TestDrive/a.pfx" 'right-password'
        (Get-Refusal @{ CertificatePath = "$TestDrive/a.pfx" }).Exception.Message | Should -BeLike '*no password*'
        (Get-Refusal @{ CertificatePath = "$TestDrive/a.pfx"; CertificatePassword = Get-SecureText 'wrong-password' }).Exception.Message | Should -BeLike '*password*wrong*'
        $failure | Format-List * -Force | Out-String | Should -Not -BeLike '*wrong-password*'
    }

    It 'has no private key' {
        $null = Save-Certificate "$TestDrive/a.cer" '' -WithoutKey
        (Get-Refusal @{ CertificatePath = "$TestDrive/a.cer" }).Exception.Message | Should -BeLike '*no private key*'
    }

    It 'has expired, and the date is told' {
        $made = Save-Certificate "$TestDrive/old.pfx" 'p' -FromDays -30 -ToDays -2
        (Get-Refusal @{ CertificatePath = "$TestDrive/old.pfx"; CertificatePassword = Get-SecureText 'p' }).Exception.Message |
            Should -BeLike "*expired at $($made.NotAfter.ToUniversalTime().ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture))*"
    }

    It 'is not valid yet' {
        $null = Save-Certificate "$TestDrive/new.pfx" 'p' -FromDays 2
        (Get-Refusal @{ CertificatePath = "$TestDrive/new.pfx"; CertificatePassword = Get-SecureText 'p' }).Exception.Message | Should -BeLike '*valid only from*'
    }

    It 'is no file' {
        (Get-Refusal @{ CertificatePath = 'Env:/PATH' }).Exception.Message | Should -BeLike '*not a file*'
        (Get-Refusal @{ CertificatePath = 'NoSuchDrive:/a.pfx' }).Exception.Message | Should -BeLike '*not a path*'
    }

    It 'is in no store' {
        (Get-Refusal @{ CertificateThumbprint = '0' * 40 }).Exception.Message | Should -BeLike '*CurrentUser/My*'
    }

    It 'has a thumbprint that is none' {
        (Get-Refusal @{ CertificateThumbprint = 'abc' }).ErrorDetails.RecommendedAction | Should -BeLike '*40*'
    }
}

Describe 'A certificate that can sign in' {
    It 'is found from the current location of PowerShell' {
        $null = Save-Certificate "$TestDrive/good.pfx" 'p'
        Push-Location $TestDrive
        try {
            # The stand-in asks for no sign-in, so no token is asked for.
            $connection = Connect-Adx $local.ClusterUri -CertificatePath ./good.pfx -CertificatePassword (Get-SecureText 'p') @certificate
        }
        finally {
            Pop-Location
        }
        $connection.SignIn | Should -Be 'CertificateFile'
        $connection.TenantId | Should -BeNullOrEmpty
    }
}

Describe 'A cluster that asks for no sign-in' {
    It 'gets no token, whatever the kind: <_>' -ForEach 'ManagedIdentity', 'WorkloadIdentity', 'AzureCli', 'AzurePowerShell' {
        $signIn = @{ $_ = $true }
        $requests = Get-LocalRequest { $script:connection = Connect-Adx $local.ClusterUri @signIn }
        $connection.SignIn | Should -Be $_
        $requests | Should -Not -BeNullOrEmpty
        # Whoever brings no token is the stand-in's administrator.
        $requests.Principal | Where-Object { $_ } | Select-Object -Unique | Should -BeExactly 'aaduser=administrator@localhost;localhost'
    }
}

Describe 'Nobody before the screen' {
    It 'is told every kind of sign-in, and nothing is sent' {
        $requests = Get-LocalRequest { $script:text = Invoke-Unattended "Connect-Adx https://mycluster.kusto.windows.net -IngestionUri $($local.ClusterUri)" }
        $text | Should -BeLike 'AdxSignInMissing,*'
        foreach ($way in '-Credential', '-CertificatePath', '-CertificateThumbprint', '-ManagedIdentity', '-WorkloadIdentity', '-AzureCli', '-AzurePowerShell', '-DeviceCode', '-AccessToken', '-Local') {
            $text | Should -BeLike "*$way*"
        }
        $requests | Should -BeNullOrEmpty
    }

    It 'reaches a server of this machine that asks for no sign-in, as the emulator' {
        Invoke-Unattended "(Connect-Adx '$($local.ClusterUri)' -WarningAction SilentlyContinue).SignIn" | Should -BeLike 'Local*'
    }

    It 'cannot enter a code, and is not waited for' {
        $requests = Get-LocalRequest { $script:text = Invoke-Unattended "Connect-Adx $($local.ClusterUri) -DeviceCode" }
        $text | Should -BeLike 'AdxSignInMissing,*'
        $requests | Should -BeNullOrEmpty
    }
}

Describe 'A time limit of the sign-in' {
    It 'is a time that passes' -ForEach ([timespan]::Zero, [timespan]::FromSeconds(-1)) {
        $failure = Get-Failure { Connect-Adx $local.ClusterUri -AzureCli -SignInTimeout $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidSignIn,*'
    }
}
