@{
    RootModule             = 'module/AdxFlow.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = 'b1c7a1de-6e35-4a8b-9d0c-2f8f1f0b3c55'
}
